-- Question: by how much do sums over the belts of an area count orders, or buyers, of several of them too often or under
-- another combination?
-- Grain: bucket (month, or day where by_day = 1) × combination. unit: 'order' or 'buyer' (buyers by day only).
-- units: what to add to the sum of the belts' counts, so that each unit counts once, under its combination in the area.
-- Null: never; no row = nothing to correct.
WITH {{effective-versions}}
SELECT bucket, part.1 AS combination, sum(part.2) AS units
FROM
(
    SELECT
        bucket,
        arrayJoin(arrayConcat([(groupBitOr(own), toInt64(1))], arrayMap(one -> (one, toInt64(-1)), groupArray(own)))) AS part
    FROM
    (
        SELECT if({by_day:UInt8} = 1, day, month) AS bucket, unit_no, belt_id, groupBitOr(combination) AS own
        FROM rollup_spread_day
        WHERE source = {scope_source:String} AND unit = {unit:String} AND belt_id IN {area_belts:Array(String)}
          AND ({scope_everything:UInt8} = 1 OR hasAll({scope_belts:Array(String)}, {area_belts:Array(String)}))
          AND month IN {months:Array(Date)}
          AND (month, data_version) IN effective_versions
        GROUP BY bucket, unit_no, belt_id
    )
    GROUP BY bucket, unit_no
)
GROUP BY bucket, combination
HAVING units != 0
ORDER BY bucket, combination
