-- Do the bitmaps hold as many merchants and buyers as the monthly rollup counts, in every belt, month and track of the batch?
-- differences: cells in which they do not. unknown_buyer_lines: those that the rollup of what was sold to nobody known has. Grain: one row.
SELECT
    count() AS differences,
    (
        SELECT sum(lines) FROM {{published}}.rollup_unknown_buyer_month
        WHERE source = {source:String} AND data_version = {batch_id:UInt64}
    ) AS unknown_buyer_lines
FROM
(
    SELECT unit, level, belt_id, month, track_bit, sum(members) AS counted, sum(kept) AS in_bitmap
    FROM
    (
        SELECT pair.1 AS unit, level, belt_id, month, track_bit, pair.2 AS members, 0 AS kept
        FROM {{published}}.rollup_belt_month
        ARRAY JOIN [('merchant', merchants), ('buyer', buyers)] AS pair
        ARRAY JOIN arrayConcat([toUInt16(0)], bitmaskToArray(combination)) AS track_bit
        WHERE source = {source:String} AND data_version = {batch_id:UInt64}
        UNION ALL
        SELECT unit, level, belt_id, month, track_bit, 0, bitmapCardinality(active)
        FROM {{published}}.rollup_active_month
        WHERE source = {source:String} AND data_version = {batch_id:UInt64}
    )
    GROUP BY unit, level, belt_id, month, track_bit
    HAVING counted != in_bitmap
)
