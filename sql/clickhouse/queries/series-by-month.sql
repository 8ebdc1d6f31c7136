-- Question: how did one measure move from month to month, on each asked track?
-- Grain: track × month. area_everything 1 = the nation; else the sum over area_belts.
-- value: the measure, a sum or the orders; orders: what decides whether a base is too small.
-- Null: value, for a measure that does not exist. A month without a row sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT
    track,
    month AS bucket,
    multiIf(
        {measure:String} = 'orders', toDecimal128(sum(cell.orders), 2),
        {measure:String} = 'pieces', toDecimal128(sum(cell.pieces), 2),
        {measure:String} = 'gmv', sum(cell.gmv),
        {measure:String} = 'net-gmv', sum(cell.gmv - cell.refund),
        NULL
    )           AS value,
    sum(cell.orders) AS orders
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
