-- Question: what did each legal owner sell in small orders and in large ones, and what did each buyer buy in them, by belt and exclusive combination of tracks: what disclosure control looks at before
-- the share of small orders is told?
-- Grain: belt ('' = merchants without a belt) × combination × side, with arrays of owners in the order of their names, as in holdings ('' among buyers: not told); amounts in hundredths.
-- small, large: in orders of fewer than {small_pieces} pieces, and in all others. An order is that of one shop in one belt, as in holdings, with all of its pieces there, whatever their combinations;
-- amounts are under the combination of their line, with overseas local users told apart, and its buyer is the line's. Both sides come to the same, and small + large to gmv in holdings.
-- Read from the lines in force: holdings-totals says whether these are still the version's. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
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
    arrayMap(one -> toFloat64(one.2), held) AS small,
    arrayMap(one -> toFloat64(one.3), held) AS large
FROM
(
    SELECT belt_id, combination, side, arraySort(groupArray((owner, small, large))) AS held
    FROM
    (
        SELECT
            belt_id, held_by.3.2 AS combination, held_by.1 AS side, held_by.2 AS owner,
            sumIf(held_by.3.3, is_small) AS small, sumIf(held_by.3.3, NOT is_small) AS large
        FROM
        (
            SELECT
                belt_id, seller, sum(quantity) < {small_pieces:UInt32} AS is_small,
                groupArray((buyer_id, combination, toInt64(amount * 100))) AS cells
            FROM
            (
                SELECT
                    member.belt_ids[arrayFirstIndex(
                        (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                    ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.merchant_id AS merchant_id, line.order_id AS order_id, line.buyer_id AS buyer_id,
                    line.combination AS combination, line.amount AS amount, line.quantity AS quantity
                FROM
                (
                    SELECT merchant_id, order_id, buyer_id, placed_day, combination, amount, quantity
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
