-- Question: who carries the growth of a month, by belt: what disclosure control looks at before newcomers or breadth are told?
-- Grain: belt ('' = merchants without a belt) × side, with arrays of owners in the order of their names, as in holdings ('' among buyers: not told); amounts in hundredths.
-- newcomer, known: what was sold or bought in {month} from legal owners who sold nothing, or something, in that belt in the compared months of the year before. now, before: what
-- each seller sold in the belt in the compared months (from {from} through {month}: January and February together, else the month alone; {base_from} to {base_to}, exclusive), of buyers nothing.
-- Both sides of a belt come to the same newcomer and known. Belts and lines as in holdings; the owner of a merchant is that of the latest of these months in which it sold, so that who
-- sold in {month} is who holds it there. Read from the lines in force. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
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
          AND (month >= {base_from:Date} AND month < {base_to:Date} OR month >= {from:Date} AND month <= {month:Date})
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    )
SELECT
    belt_id, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS newcomer,
    arrayMap(one -> toFloat64(one.3), held) AS known,
    arrayMap(one -> toFloat64(one.4), held) AS now,
    arrayMap(one -> toFloat64(one.5), held) AS before
FROM
(
    SELECT belt_id, side, arraySort(groupArray((owner, newcomer, known, now, before))) AS held
    FROM
    (
        SELECT
            belt_id, held_by.1 AS side, held_by.2 AS owner,
            sumIf(month_cents, sold_before = 0) AS newcomer, sumIf(month_cents, sold_before > 0) AS known,
            sumIf(now_cents, side = 'seller') AS now, sumIf(before_cents, side = 'seller') AS before
        FROM
        (
            SELECT *, sum(before_cents) OVER (PARTITION BY belt_id, seller) AS sold_before
            FROM
            (
                SELECT
                    member.belt_ids[arrayFirstIndex(
                        (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                    ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.buyer_id AS buyer,
                    sumIf(line.cents, line.placed_day >= {month:Date}) AS month_cents,
                    sumIf(line.cents, line.placed_day >= {from:Date})  AS now_cents,
                    sumIf(line.cents, line.placed_day < {from:Date})   AS before_cents
                FROM
                (
                    SELECT merchant_id, buyer_id, placed_day, toInt64(amount * 100) AS cents
                    FROM order_lines FINAL
                    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND is_counted
                      AND (placed_day >= {base_from:Date} AND placed_day < {base_to:Date} OR placed_day >= {from:Date} AND placed_day < addMonths({month:Date}, 1))
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
