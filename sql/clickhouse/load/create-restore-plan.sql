-- The plan of a batch that undoes others: see create-plan. Every month ({months:Array(UInt32)}) in which anything has changed since is made anew.
CREATE TABLE load__plan ENGINE = MergeTree ORDER BY month AS
SELECT month, toUInt64(0) AS staged, sum(restored) AS kept, kept AS winners, sum(dead) AS tombstones, false AS is_attached, true AS is_touched
FROM
(
    SELECT toYYYYMM(placed_day) AS month, countIf(is_deleted = 0) AS restored, countIf(is_deleted = 1) AS dead FROM load__clean GROUP BY month
    UNION ALL
    SELECT arrayJoin({months:Array(UInt32)}), 0, 0
)
GROUP BY month
