-- Question: what was sold from month to month, on each asked track?
-- Grain: track × month. area_everything 1 = the nation; else the sum over area_belts.
-- Null: never. A month without a row sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT
    track,
    month AS bucket,
    sum(cell.orders) AS orders,
    sum(cell.pieces) AS pieces,
    sum(cell.gmv)    AS gmv,
    sum(cell.refund) AS refund
FROM rollup_belt_month AS cell
ARRAY JOIN
    {tracks:Array(String)}     AS track,
    {track_bits:Array(UInt16)} AS bit
WHERE (bit = 0 OR bitAnd(combination, bit) != 0)
  AND {{area-rollups}}
  AND month BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY track, bucket
ORDER BY track, bucket
