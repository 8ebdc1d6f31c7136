-- Question: how often too often do sums over the belts of an area count orders of several of them, in a month on one track, as each of
-- some versions made the month?
-- Grain: month × data version, in pairs as in month-prints. surplus: to be taken off the sum of the belts' orders, so that each order
-- counts once. Null: never; no row = nothing to correct.
SELECT month, data_version, sum(toInt64(belts) - 1) AS surplus
FROM
(
    SELECT month, data_version, unit_no, uniqExact(belt_id) AS belts
    FROM rollup_spread_day
    WHERE source = {scope_source:String} AND unit = 'order' AND belt_id IN {area_belts:Array(String)}
      AND ({scope_everything:UInt8} = 1 OR hasAll({scope_belts:Array(String)}, {area_belts:Array(String)}))
      AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
      AND month IN {months:Array(Date)}
      AND (month, data_version) IN (SELECT arrayJoin(arrayZip({months:Array(Date)}, {versions:Array(UInt64)})))
    GROUP BY month, data_version, unit_no
)
GROUP BY month, data_version
HAVING surplus != 0
ORDER BY month, data_version
