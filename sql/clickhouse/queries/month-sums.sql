-- Question: what was sold in every belt, and in the nation, in each month, by exclusive combination of tracks: in whole months, or,
-- for months that are not wholly loaded, on the days of a year ago that each of them is compared with? Two queries of one text.
-- Grain: level × belt ('' = merchants without a belt; the nation is also ''), with arrays that belong together, one element a
-- month and combination, in the order of both. month_nos: months since year 0. Money in hundredths. Orders of the nation count
-- once. Null: never; what is not in the arrays sold nothing, or was never loaded.
WITH {{effective-versions}}
SELECT
    level, belt_id,
    groupArray(toUInt32(toYear(bucket) * 12 + toMonth(bucket) - 1)) AS month_nos,
    groupArray(toUInt16(combination))                               AS combinations,
    groupArray(toFloat64(cell.orders))                              AS orders,
    groupArray(toFloat64(cell.pieces))                              AS pieces,
    groupArray(toFloat64(toInt64(cell.gmv * 100)))                  AS gmv,
    groupArray(toFloat64(toInt64(cell.refund * 100)))               AS refund
FROM
(
    {{cells}}
    ORDER BY level, belt_id, bucket, combination
) AS cell
GROUP BY level, belt_id
ORDER BY level, belt_id
