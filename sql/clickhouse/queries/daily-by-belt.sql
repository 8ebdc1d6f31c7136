-- Question: how much was sold on each day in each belt, and in the nation, on one track?
-- Grain: level × belt, with two arrays: days since {from} on which something was sold, and the measure on them.
-- value: orders, pieces, or money in hundredths. Orders of the nation are distinct over the belts; level 'belt' with
-- belt_id '' = merchants without a belt. track_bit 0 = every line.
-- Null: never; a day that is not in the array sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT level, belt_id, groupArray(toUInt32(day - {from:Date})) AS offsets, groupArray(value) AS values
FROM
(
    SELECT
        level,
        belt_id,
        day,
        toFloat64(sum({{measure-of-row}})) AS value
    FROM rollup_belt_day
    WHERE {{visible-rollups}}
      AND day >= {from:Date}
      AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
      AND (month, data_version) IN effective_versions
    GROUP BY level, belt_id, day
    HAVING value != 0
)
GROUP BY level, belt_id
ORDER BY level, belt_id
