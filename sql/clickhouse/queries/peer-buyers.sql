-- Question: to whom, through what and how fast did each legal owner sell in a quarter?
-- Grain: owner, of whoever sold. It is read from the lines in force, which are those of the newest version: lines-since says whether these are still the version's.
-- gmv: of all lines, in hundredths. buyers: distinct, of those that the source tells; 0 where it tells none of the owner's. repeat_buyers: of them, with at least two orders of the owner in the
-- quarter. top_gmv: of the {top} buyers who bought most; 0 where any buyer is not told, because nobody knows then whether that is one of them.
-- channels: downstream channels of distribution ({distribution_bit}) that were used. countries: that goods went to, {home_country} left out.
-- due: lines of which {dispatch_hours} h since payment were over at the end of the quarter in {time_zone}; on_time: those dispatched within them; dispatched: lines whose
-- dispatch is told at all, in whatever time. An owner is that of the rollups of the quarter, in the newest version of several. Of the whole source, for who may see all of it. Null: never.
WITH
    {{effective-versions}},
    shops AS
    (
        SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner_id
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND month >= {from:Date} AND month <= {to:Date}
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    )
SELECT
    owner,
    toFloat64(sum(bought))               AS gmv,
    toFloat64(countIf(buyer != ''))      AS buyers,
    toFloat64(countIf(buyer != '' AND order_count > 1)) AS repeat_buyers,
    toFloat64(if(countIf(buyer = '') > 0, 0, arraySum(arraySlice(arrayReverseSort(groupArray(bought)), 1, {top:UInt8})))) AS top_gmv,
    toFloat64(length(groupUniqArrayArray(channels_used)))  AS channels,
    toFloat64(length(groupUniqArrayArray(countries_used))) AS countries,
    toFloat64(sum(due_lines))            AS due,
    toFloat64(sum(on_time_lines))        AS on_time,
    toFloat64(sum(dispatched_lines))     AS dispatched
FROM
(
    SELECT
        ifNull(nullIf(shops.owner_id, ''), line.merchant_id) AS owner, line.buyer_id AS buyer,
        sum(toInt64(line.amount * 100))                      AS bought,
        uniqExact(line.order_id)                             AS order_count,
        groupUniqArrayIf(toString(line.channel), bitAnd(line.combination, {distribution_bit:UInt16}) != 0 AND line.channel != '') AS channels_used,
        groupUniqArrayIf(toString(line.destination_country), line.destination_country NOT IN ('', {home_country:String}))        AS countries_used,
        countIf(line.is_due)                                 AS due_lines,
        countIf(line.is_due AND ifNull(line.dispatched_at <= line.paid_at + toIntervalHour({dispatch_hours:UInt16}), 0))          AS on_time_lines,
        countIf(line.dispatched_at IS NOT NULL)              AS dispatched_lines
    FROM
    (
        SELECT
            merchant_id, order_id, buyer_id, amount, combination, channel, destination_country, paid_at, dispatched_at,
            ifNull(paid_at + toIntervalHour({dispatch_hours:UInt16}) <= toDateTime(addMonths({to:Date}, 1), {time_zone:String}), 0) AS is_due
        FROM order_lines FINAL
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND placed_day >= {from:Date} AND placed_day < addMonths({to:Date}, 1) AND is_counted
    ) AS line
    LEFT ANY JOIN shops ON line.merchant_id = shops.merchant_id
    GROUP BY owner, buyer
)
GROUP BY owner
-- A line that came to lie in another month has a tombstone where it lay (fill-tombstones), so that each month is whole by itself.
SETTINGS do_not_merge_across_partitions_select_final = 1
