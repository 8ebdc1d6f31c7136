-- Question: what did each merchant of each area sell in windows of months, and in the same months a year before?
-- Grain: area × window, with two arrays that belong together, one element a merchant: before, after. Window i is the
-- months first_months[i] to last_months[i], both counted. An area is a number: belt_ids[i] belongs to area_nos[i];
-- with_nation = 1: the nation alone, area 0, with the merchants without a belt. A merchant of several belts of an area
-- counts once. Values: pieces, orders, or money in hundredths. Merchants without any sale in either year are not in the arrays.
-- A merchant's windows are summed as one array: a row for each merchant and window takes half as long again (measured).
-- Null: never.
WITH
    {{effective-versions}},
    arrayMap(month -> toInt32(toYear(month) * 12 + toMonth(month)), {first_months:Array(Date)}) AS firsts,
    arrayMap(month -> toInt32(toYear(month) * 12 + toMonth(month)), {last_months:Array(Date)}) AS lasts
SELECT area_no, toUInt32(place - 1) AS position, groupArray(befores[place]) AS before, groupArray(afters[place]) AS after
FROM
(
    SELECT
        area_no,
        sumForEach(arrayMap((first, last) -> if(month_no BETWEEN first AND last, value, 0.), firsts, lasts))           AS afters,
        sumForEach(arrayMap((first, last) -> if(month_no BETWEEN first - 12 AND last - 12, value, 0.), firsts, lasts)) AS befores
    FROM
    (
        SELECT
            if({with_nation:UInt8} = 1, 0, transform(toString(belt_id), {belt_ids:Array(String)}, {area_nos:Array(UInt16)}, 0)) AS area_no,
            merchant_id,
            toInt32(toYear(month) * 12 + toMonth(month)) AS month_no,
            toFloat64(multiIf(
                {measure:String} = 'orders', toInt64(orders),
                {measure:String} = 'pieces', toInt64(pieces),
                {measure:String} = 'gmv', toInt64(gmv * 100),
                {measure:String} = 'net-gmv', toInt64((gmv - refund) * 100),
                0
            )) AS value
        FROM rollup_merchant_month
        WHERE source = {scope_source:String}
          AND ({scope_everything:UInt8} = 1
               OR ({with_nation:UInt8} = 0 AND hasAll({scope_belts:Array(String)}, {belt_ids:Array(String)})))
          AND ({with_nation:UInt8} = 1 OR belt_id IN {belt_ids:Array(String)})
          AND month >= addMonths(arrayMin({first_months:Array(Date)}), -12)
          AND month <= arrayMax({last_months:Array(Date)})
          AND ({track_bit:UInt8} = 0 OR bitAnd(combination, {track_bit:UInt8}) != 0)
          AND (month, data_version) IN effective_versions
    )
    GROUP BY area_no, merchant_id
)
ARRAY JOIN arrayEnumerate(afters) AS place
WHERE befores[place] != 0 OR afters[place] != 0
GROUP BY area_no, place
ORDER BY area_no, position
