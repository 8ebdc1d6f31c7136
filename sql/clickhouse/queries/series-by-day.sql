-- Question: how did one measure move from day to day, on each asked track?
-- Grain: track × day. area_everything 1 = the nation; else the sum over area_belts.
-- value: the measure, also where it is a count; orders: what decides whether a base is too small.
-- Null: value, for a measure that does not exist. A day without a row sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT
    track,
    day AS bucket,
    multiIf(
        {measure:String} = 'orders', toDecimal128(sum(cell.orders), 2),
        {measure:String} = 'pieces', toDecimal128(sum(cell.pieces), 2),
        {measure:String} = 'merchants', toDecimal128(sum(cell.merchants), 2),
        {measure:String} = 'buyers', toDecimal128(sum(cell.buyers), 2),
        {measure:String} = 'gmv', sum(cell.gmv),
        {measure:String} = 'net-gmv', sum(cell.gmv - cell.refund),
        NULL
    )           AS value,
    sum(cell.orders) AS orders
FROM rollup_belt_day AS cell
ARRAY JOIN
    {tracks:Array(String)}     AS track,
    {track_bits:Array(UInt8)} AS bit
WHERE (bit = 0 OR bitAnd(combination, bit) != 0)
  AND {{area-rollups}}
  AND month BETWEEN toStartOfMonth({from:Date}) AND {to:Date}
  AND day BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY track, bucket
ORDER BY track, bucket
