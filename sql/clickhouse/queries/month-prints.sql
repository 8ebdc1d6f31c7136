-- Question: what did an area sell in a month on one track, as each of some versions made the month?
-- Grain: month × data version; months and versions are given in pairs, so only those that are printed are read. track_bit 0 = every line.
-- area_everything 1 = the nation; else the sum over area_belts, in which an order of several belts is counted once for each (see
-- month-prints-spread). Null: never. A pair without a row sold nothing.
SELECT
    month,
    data_version,
    sum(orders) AS orders,
    sum(pieces) AS pieces,
    sum(gmv)    AS gmv,
    sum(refund) AS refund
FROM rollup_belt_month
WHERE {{area-rollups}}
  AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
  AND month IN {months:Array(Date)}
  AND (month, data_version) IN (SELECT arrayJoin(arrayZip({months:Array(Date)}, {versions:Array(UInt64)})))
GROUP BY month, data_version
ORDER BY month, data_version
