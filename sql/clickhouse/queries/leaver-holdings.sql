-- Question: of what was sold in the months that later ones are compared with, how much was sold by who sells there no more: what disclosure control looks at before growth of the same shops is told?
-- Grain: belt ('' = merchants without a belt) × month × side, with arrays of owners in the order of their names, as in holdings ('' among buyers: not told); amounts in hundredths. Of the months from {base_from} to
-- {base_to} (exclusive): left_new, left_known: what was sold or bought from legal owners who sold nothing in that belt from {from} to {to} (exclusive), by whether they sold nothing, or something, there from
-- {earlier_from} to {earlier_to} (exclusive; no day: nothing is known of before, and all is known); stayed_new, stayed_known: from those who did sell something. refunded: of all of it; a line's refund counts up to what was paid for it.
-- Both sides of a belt and month come to the same. Belts and lines as in holdings; the owner of a merchant is that of the latest of all these months in which it sold, so that who sold in both is
-- who carrier-holdings has there. Read from the lines in force. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
WITH
    {{effective-versions}},
    members AS
    (
        {{members-of-source}}
    ),
    owners AS
    (
        SELECT merchant_id, argMax(owner_id, (month, data_version)) AS owner
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND (month >= {base_from:Date} AND month < {base_to:Date} OR month >= {from:Date} AND month < {to:Date} OR month >= {earlier_from:Date} AND month < {earlier_to:Date})
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    )
SELECT
    belt_id, toString(month) AS month, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS left_new,
    arrayMap(one -> toFloat64(one.3), held) AS left_known,
    arrayMap(one -> toFloat64(one.4), held) AS stayed_new,
    arrayMap(one -> toFloat64(one.5), held) AS stayed_known,
    arrayMap(one -> toFloat64(one.6), held) AS refunded
FROM
(
    SELECT belt_id, month, side, arraySort(groupArray((owner, left_new, left_known, stayed_new, stayed_known, refunded))) AS held
    FROM
    (
        SELECT
            belt_id, sold.month AS month, held_by.1 AS side, held_by.2 AS owner,
            sumIf(cents, later = 0 AND is_new) AS left_new,   sumIf(cents, later = 0 AND NOT is_new) AS left_known,
            sumIf(cents, later > 0 AND is_new) AS stayed_new, sumIf(cents, later > 0 AND NOT is_new) AS stayed_known,
            sum(refunded_cents) AS refunded
        FROM
        (
            SELECT
                *,
                sumIf(cents, month >= {from:Date}) OVER (PARTITION BY belt_id, seller) AS later,
                {earlier_from:Date} < {earlier_to:Date}
                    AND sumIf(cents, month < {earlier_to:Date}) OVER (PARTITION BY belt_id, seller) = 0 AS is_new
            FROM
            (
                SELECT
                    member.belt_ids[arrayFirstIndex(
                        (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                    ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.buyer_id AS buyer, toStartOfMonth(line.placed_day) AS month,
                    sum(line.cents) AS cents, sum(line.refunded_cents) AS refunded_cents
                FROM
                (
                    SELECT merchant_id, buyer_id, placed_day, toInt64(amount * 100) AS cents, toInt64(least(refund_amount, amount) * 100) AS refunded_cents
                    FROM order_lines FINAL
                    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND is_counted
                      AND (placed_day >= {base_from:Date} AND placed_day < {base_to:Date} OR placed_day >= {from:Date} AND placed_day < {to:Date}
                        OR placed_day >= {earlier_from:Date} AND placed_day < {earlier_to:Date})
                ) AS line
                LEFT ANY JOIN members AS member ON line.merchant_id = member.merchant_id
                LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
                GROUP BY belt_id, seller, buyer, month
            )
        ) AS sold
        ARRAY JOIN [('seller', seller), ('buyer', buyer)] AS held_by
        WHERE sold.month >= {base_from:Date} AND sold.month < {base_to:Date}
        GROUP BY belt_id, month, side, owner
    )
    GROUP BY belt_id, month, side
)
ORDER BY belt_id, month, side
