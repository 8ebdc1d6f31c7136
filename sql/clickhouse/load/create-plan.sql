-- What has to be done with each month, decided before anything is published. Grain: month.
-- staged: good rows; kept: of these, the ones that are published (losers that the winner replaces by itself may lie
-- beside it); winners: rows that will be in force; tombstones: for lines that leave the month.
-- is_attached: the staged partition is published as it is
-- (no row of it has to go, and no version to be raised). is_touched: figures of the month change.
CREATE TABLE load__plan ENGINE = MergeTree ORDER BY month AS
SELECT
    month,
    sum(staged_rows) AS staged,
    staged - sum(harmful_rows) AS kept,
    staged - sum(superseded_rows) AS winners,
    sum(tombstone_rows) AS tombstones,
    kept > 0 AND kept = staged AND sum(raised_rows) = 0 AS is_attached,
    winners > 0 OR tombstones > 0 OR sum(moved_rows) > 0 AS is_touched
FROM
(
    SELECT toYYYYMM(placed_day) AS month, count() AS staged_rows, 0 AS harmful_rows, 0 AS superseded_rows, 0 AS raised_rows, 0 AS tombstone_rows, 0 AS moved_rows
    FROM load__staged WHERE source = {source:String} GROUP BY month
    UNION ALL
    SELECT month, 0, countIf(is_harmful), countIf(is_superseded), countIf(is_raised), countIf(needs_tombstone), 0 FROM load__candidates GROUP BY month
    UNION ALL
    SELECT month, 0, 0, 0, 0, count(), 0 FROM load__withdrawn WHERE NOT is_withheld GROUP BY month
    UNION ALL
    SELECT month, 0, 0, 0, 0, 0, 1 FROM load__moved_months
)
GROUP BY month
