-- Question: how many distinct merchants, and buyers, were active from day to day, on each asked track? (What adds up is read
-- with daily-by-belt.)
-- Grain: track × day. area_everything 1 = the nation; else the sum over area_belts.
-- orders: what decides whether a base is too small.
-- Null: never. A day without a row sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT
    track,
    day AS bucket,
    sum(cell.merchants) AS merchants,
    sum(cell.buyers)    AS buyers,
    sum(cell.orders)    AS orders
FROM rollup_belt_day AS cell
ARRAY JOIN
    {tracks:Array(String)}     AS track,
    {track_bits:Array(UInt16)} AS bit
WHERE (bit = 0 OR bitAnd(combination, bit) != 0)
  AND {{area-rollups}}
  AND month BETWEEN toStartOfMonth({from:Date}) AND {to:Date}
  AND day BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY track, bucket
ORDER BY track, bucket
