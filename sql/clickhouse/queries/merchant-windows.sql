-- Question: what did each merchant of each area sell in the months up to a target month, and in the same months a year
-- before?
-- Grain: area × target, with two arrays that belong together, one element a merchant: before, after. An area is a number:
-- belt_ids[i] belongs to area_nos[i]; area 0 = the nation, every belt and the merchants without one, where
-- {with_nation} = 1. A merchant of several belts of an area counts once. width: months in a window.
-- Values: pieces, orders, or money in hundredths. Merchants without any sale in both windows are not in the arrays.
-- Null: never.
WITH in_force AS
(
    SELECT month, max(data_version) AS newest
    FROM data_versions
    ARRAY JOIN months AS month
    WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
    GROUP BY month
)
SELECT area_no, target, groupArray(before) AS before, groupArray(after) AS after
FROM
(
    SELECT
        area_no,
        target,
        merchant_id,
        sumIf(value, NOT is_before) AS after,
        sumIf(value, is_before)     AS before
    FROM
    (
        SELECT
            arrayJoin(arrayConcat(if({with_nation:UInt8} = 1, [0], []),
                if(indexOf({belt_ids:Array(String)}, belt_id) > 0, [{area_nos:Array(UInt32)}[indexOf({belt_ids:Array(String)}, belt_id)]], []))) AS area_no,
            month,
            merchant_id,
            toFloat64(multiIf(
                {measure:String} = 'orders', toInt64(sum(orders)),
                {measure:String} = 'pieces', toInt64(sum(pieces)),
                {measure:String} = 'gmv', toInt64(sum(gmv) * 100),
                {measure:String} = 'net-gmv', toInt64(sum(gmv - refund) * 100),
                0
            )) AS value
        FROM rollup_merchant_month
        WHERE source = {scope_source:String}
          AND ({scope_everything:UInt8} = 1 OR ({with_nation:UInt8} = 0 AND belt_id IN {scope_belts:Array(String)}))
          AND ({with_nation:UInt8} = 1 OR belt_id IN {belt_ids:Array(String)})
          AND month > addMonths(arrayMin({targets:Array(Date)}), -12 - {width:UInt8})
          AND month <= arrayMax({targets:Array(Date)})
          AND ({track_bit:UInt8} = 0 OR bitAnd(combination, {track_bit:UInt8}) != 0)
          AND (month, data_version) IN in_force
        GROUP BY belt_id, month, merchant_id
    )
    ARRAY JOIN
        arrayConcat(arrayMap(step -> addMonths(month, step), range({width:UInt8})), arrayMap(step -> addMonths(month, 12 + step), range({width:UInt8}))) AS target,
        arrayConcat(arrayWithConstant({width:UInt8}, false), arrayWithConstant({width:UInt8}, true)) AS is_before
    WHERE target IN {targets:Array(Date)}
    GROUP BY area_no, target, merchant_id
    HAVING before != 0 OR after != 0
)
GROUP BY area_no, target
ORDER BY area_no, target
