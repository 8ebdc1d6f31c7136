-- Question: which orders lie in several belts on a day, on one track, and in which?
-- Grain: order × day: its day as days since {from}, and its belts. track_bit 0 = every line. Needed to count orders of an
-- area once. Null: never; none = every order is in one belt.
WITH {{effective-versions}}
SELECT toUInt32(day - {from:Date}) AS position, groupUniqArray(toString(belt_id)) AS belt_ids
FROM rollup_spread_day
WHERE {{visible-belts}} AND unit = 'order'
  AND day >= {from:Date}
  AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
  AND (month, data_version) IN effective_versions
GROUP BY month, day, unit_no
HAVING length(belt_ids) > 1
ORDER BY position
