-- Question: what did the largest sellers of a month sell, and what the others, and what did each buyer buy of them, by belt: what disclosure control looks at before the share of the largest is told?
-- Grain: belt ('' = merchants without a belt) × exclusive combination of tracks × size of the order × whether its seller is new × side, with arrays of owners in the order of their names, as in
-- holdings; amounts in hundredths.
-- largest, others: of legal owners who are, or are not, among the fifth (rounded up) of those who sold anything in {month} that sold most in it, in all belts and without one together; whoever sold as
-- much as the last of these is among them. is_small as in size-holdings, by {small_pieces}. is_new as in carrier-holdings, by {from}, {base_from} and {base_to}; of nobody where these two are one day.
-- Both sides come to the same, and largest + others to gmv in holdings. Belts, lines and owners as in carrier-holdings.
-- Read from the lines in force: holdings-totals says whether these are still the version's. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
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
    ),
    (
        SELECT greatest(1, arrayReverseSort(groupArray(sold))[toUInt32(ceil(count() / 5))])
        FROM
        (
            SELECT ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, sum(line.cents) AS sold
            FROM
            (
                SELECT merchant_id, toInt64(amount * 100) AS cents
                FROM order_lines FINAL
                WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND is_counted
                  AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1)
            ) AS line
            LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
            GROUP BY seller
            HAVING sold > 0
        )
    ) AS least
SELECT
    belt_id, combination, is_small, is_new, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS largest,
    arrayMap(one -> toFloat64(one.3), held) AS others
FROM
(
    SELECT belt_id, combination, is_small, is_new, side, arraySort(groupArray((owner, largest, others))) AS held
    FROM
    (
        SELECT
            belt_id, held_by.3.2 AS combination, is_small, is_new, held_by.1 AS side, held_by.2 AS owner,
            sumIf(held_by.3.3, sold >= least) AS largest, sumIf(held_by.3.3, sold < least) AS others
        FROM
        (
            SELECT
                belt_id, seller, cells, is_small,
                toUInt8({base_to:Date} > {base_from:Date} AND sum(before_cents) OVER (PARTITION BY belt_id, seller) = 0) AS is_new,
                sum(month_cents) OVER (PARTITION BY seller) AS sold
            FROM
            (
                SELECT
                    belt_id, seller, toUInt8(sumIf(quantity, in_month) < {small_pieces:UInt32}) AS is_small,
                    sumIf(cents, in_month) AS month_cents, sumIf(cents, NOT in_month) AS before_cents,
                    groupArrayIf((buyer_id, combination, cents), in_month) AS cells
                FROM
                (
                    SELECT
                        member.belt_ids[arrayFirstIndex(
                            (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                        ifNull(nullIf(owners.owner, ''), line.merchant_id) AS seller, line.merchant_id AS merchant_id, line.order_id AS order_id, line.buyer_id AS buyer_id,
                        line.combination AS combination, line.cents AS cents, line.quantity AS quantity, line.placed_day >= {month:Date} AS in_month
                    FROM
                    (
                        SELECT merchant_id, order_id, buyer_id, placed_day, combination, quantity, toInt64(amount * 100) AS cents
                        FROM order_lines FINAL
                        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND is_counted
                          AND (placed_day >= {base_from:Date} AND placed_day < {base_to:Date} OR placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1))
                    ) AS line
                    LEFT ANY JOIN members AS member ON line.merchant_id = member.merchant_id
                    LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
                )
                GROUP BY belt_id, seller, merchant_id, order_id
            )
        )
        ARRAY JOIN arrayConcat(
            arrayMap(cell -> ('seller', seller, cell), cells), arrayMap(cell -> ('buyer', cell.1, cell), cells)) AS held_by
        GROUP BY belt_id, combination, is_small, is_new, side, owner
    )
    GROUP BY belt_id, combination, is_small, is_new, side
)
ORDER BY belt_id, combination, is_small, is_new, side
