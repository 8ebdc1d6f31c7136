-- Question: who sold and who bought what in a month, by belt and exclusive combination of tracks: what disclosure control looks at?
-- Grain: belt ('' = merchants without a belt) × combination × side, with arrays of owners in the order of their names: what each sold
-- ('seller': the legal owner of the shop) or bought ('buyer': whoever ordered). combination: with overseas local users told apart. gmv in hundredths.
-- Both sides of a belt and combination come to the same. orders: of one shop, under the OR of its lines' combinations there, as in
-- rollup_merchant_month; an order of several shops is one for each of them, because only what adds up can be controlled; its buyer is the first
-- by name, should there be several. Owner '' of the buyers' side is all whom the source does not tell, who may be anybody (see disclosure/holdings.ts). It is read from the lines in force, which are those of the newest version: holdings-totals says whether these are
-- still the version's. A belt is that of the membership on the day, as in load/create-counted.sql.
-- Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
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
    belt_id, combination, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS gmv,
    arrayMap(one -> toFloat64(one.3), held) AS pieces,
    arrayMap(one -> toFloat64(one.4), held) AS orders,
    arrayMap(one -> toFloat64(one.5), held) AS refund
FROM
(
    SELECT belt_id, combination, side, arraySort(groupArray((owner, gmv, pieces, orders, refund))) AS held
    FROM
    (
        SELECT
            belt_id, held_by.3.2 AS combination, held_by.1 AS side, held_by.2 AS owner,
            sum(held_by.3.3) AS gmv, sum(held_by.3.4) AS pieces, sum(held_by.3.5) AS orders, sum(held_by.3.6) AS refund
        FROM
        (
            SELECT
                belt_id, seller,
                arrayPushBack(
                    groupArray((buyer_id, combination, toInt64(amount * 100), toInt64(quantity), 0::Int64, toInt64(refund_amount * 100))),
                    (min(buyer_id), groupBitOr(combination), 0::Int64, 0::Int64, 1::Int64, 0::Int64)) AS cells
            FROM
            (
                SELECT
                    member.belt_ids[arrayFirstIndex(
                        (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                    ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.merchant_id AS merchant_id, line.order_id AS order_id, line.buyer_id AS buyer_id,
                    line.combination AS combination, line.amount AS amount, line.quantity AS quantity, line.refund_amount AS refund_amount
                FROM
                (
                    SELECT merchant_id, order_id, buyer_id, placed_day, combination, amount, quantity, refund_amount
                    FROM order_lines FINAL
                    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
                      AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1) AND is_counted
                ) AS line
                LEFT ANY JOIN members AS member ON line.merchant_id = member.merchant_id
                LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
            )
            GROUP BY belt_id, seller, merchant_id, order_id
        )
        ARRAY JOIN arrayConcat(
            arrayMap(cell -> ('seller', seller, cell), cells), arrayMap(cell -> ('buyer', cell.1, cell), cells)) AS held_by
        GROUP BY belt_id, combination, side, owner
    )
    GROUP BY belt_id, combination, side
)
ORDER BY belt_id, combination, side
