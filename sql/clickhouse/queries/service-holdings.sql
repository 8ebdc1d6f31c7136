-- Question: how did each legal owner serve in a month, and how was each buyer served, by belt: what disclosure control looks at before a share of it is told?
-- Grain: belt ('' = merchants without a belt) × side, with arrays of owners in the order of their names, as in holdings. Of each share a part and the rest of its whole:
-- refunded, kept: of what was paid, in hundredths; a line's refund counts up to what was paid for it. on_time, late: order lines of which {dispatch_hours} h since payment were over at
-- the end of the month in {time_zone}, by whether they were dispatched within them; of a seller who tells of no dispatch in the month, none. repeat_buyers, once_buyers: pairs of a seller and a buyer
-- in a belt, by whether the buyer ordered there twice or more; of buyers that the source tells (owner '' of the buyers' side: all others together). Both sides of a belt come to the same. It is read from the lines in force, which are those of the newest version:
-- holdings-totals says whether these are still the version's. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
WITH
    {{effective-versions}},
    members AS
    (
        {{members-of-source}}
    ),
    owners AS
    (
        {{owners-of-month}}
    )
SELECT
    belt_id, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS refunded,
    arrayMap(one -> toFloat64(one.3), held) AS kept,
    arrayMap(one -> toFloat64(one.4), held) AS on_time,
    arrayMap(one -> toFloat64(one.5), held) AS late,
    arrayMap(one -> toFloat64(one.6), held) AS repeat_buyers,
    arrayMap(one -> toFloat64(one.7), held) AS once_buyers
FROM
(
    SELECT belt_id, side, arraySort(groupArray((owner, refunded, kept, on_time, late, repeat_buyers, once_buyers))) AS held
    FROM
    (
        SELECT
            belt_id, held_by.1 AS side, held_by.2 AS owner,
            sum(refunded_cents) AS refunded, sum(paid_cents - refunded_cents) AS kept,
            sumIf(on_time_lines, tells) AS on_time, sumIf(due_lines - on_time_lines, tells) AS late,
            countIf(buyer != '' AND order_count > 1) AS repeat_buyers, countIf(buyer != '' AND order_count = 1) AS once_buyers
        FROM
        (
            SELECT *, sum(dispatched_lines) OVER (PARTITION BY seller) > 0 AS tells
            FROM
            (
                SELECT
                    member.belt_ids[arrayFirstIndex(
                        (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                    ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.buyer_id AS buyer,
                    sum(toInt64(line.amount * 100))                    AS paid_cents,
                    sum(toInt64(least(line.refund_amount, line.amount) * 100)) AS refunded_cents,
                    uniqExact(line.order_id)                           AS order_count,
                    countIf(line.is_due)                               AS due_lines,
                    countIf(line.is_due AND ifNull(line.dispatched_at <= line.paid_at + toIntervalHour({dispatch_hours:UInt16}), 0)) AS on_time_lines,
                    countIf(line.dispatched_at IS NOT NULL)            AS dispatched_lines
                FROM
                (
                    SELECT
                        merchant_id, order_id, buyer_id, placed_day, amount, refund_amount, paid_at, dispatched_at,
                        ifNull(paid_at + toIntervalHour({dispatch_hours:UInt16}) <= toDateTime(addMonths({month:Date}, 1), {time_zone:String}), 0) AS is_due
                    FROM order_lines FINAL
                    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
                      AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1) AND is_counted
                ) AS line
                LEFT ANY JOIN members AS member ON line.merchant_id = member.merchant_id
                LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
                GROUP BY belt_id, seller, buyer
            )
        )
        ARRAY JOIN [('seller', seller), ('buyer', buyer)] AS held_by
        GROUP BY belt_id, side, owner
    )
    GROUP BY belt_id, side
)
ORDER BY belt_id, side
