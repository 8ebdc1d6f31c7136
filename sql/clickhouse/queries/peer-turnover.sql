-- Question: which buyers of each legal owner came, went and stayed between the quarter of the year before and this one?
-- Grain: owner, of whoever sold in either. buyers, buyers_before: distinct. came: GMV of who bought nothing the year before; went: of who bought nothing now, as it was then;
-- stayed: what who bought in both bought more (below 0: less); each by size of buyer, [small, medium, large]: under a hundredth of the owner's GMV of both quarters, under a tenth, more.
-- So Σ came − Σ went + Σ stayed is the change. All are 0 of an owner some of whose buyers, in either quarter, the source does not tell: who they are, and whether they came again, nobody knows. Hundredths. It is read from the lines in force: lines-since says whether these are still the version's. An owner is that of the rollups of both
-- quarters, in the newest version of several. Of the whole source, for who may see all of it. Null: never.
WITH
    {{effective-versions}},
    shops AS
    (
        SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner_id
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND (month BETWEEN {from:Date} AND {to:Date} OR month BETWEEN {from_before:Date} AND {to_before:Date})
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    )
SELECT
    owner,
    toFloat64(arrayCount(pair -> pair.3, pairs)) AS buyers,
    toFloat64(arrayCount(pair -> pair.4, pairs)) AS buyers_before,
    arrayMap(class -> toFloat64(arraySum(arrayMap((pair, of) -> if(of = class AND NOT pair.4, pair.1, 0), pairs, sizes))), [0, 1, 2])                   AS came,
    arrayMap(class -> toFloat64(arraySum(arrayMap((pair, of) -> if(of = class AND NOT pair.3, pair.2, 0), pairs, sizes))), [0, 1, 2])                   AS went,
    arrayMap(class -> toFloat64(arraySum(arrayMap((pair, of) -> if(of = class AND pair.3 AND pair.4, pair.1 - pair.2, 0), pairs, sizes))), [0, 1, 2])   AS stayed
FROM
(
    SELECT
        owner, if(countIf(buyer = '') > 0, [], groupArray((now, before, is_now, is_before))) AS pairs, sum(now + before) AS whole,
        arrayMap(pair -> multiIf(100 * (pair.1 + pair.2) < whole, 0, 10 * (pair.1 + pair.2) < whole, 1, 2), pairs) AS sizes
    FROM
    (
        SELECT
            ifNull(nullIf(shops.owner_id, ''), line.merchant_id) AS owner, line.buyer_id AS buyer,
            sumIf(toInt64(line.amount * 100), line.is_late)      AS now,
            sumIf(toInt64(line.amount * 100), NOT line.is_late)  AS before,
            countIf(line.is_late) > 0                            AS is_now,
            countIf(NOT line.is_late) > 0                        AS is_before
        FROM
        (
            SELECT merchant_id, buyer_id, amount, placed_day >= {from:Date} AS is_late
            FROM order_lines FINAL
            WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND is_counted
              AND (placed_day >= {from:Date} AND placed_day < addMonths({to:Date}, 1)
                OR placed_day >= {from_before:Date} AND placed_day < addMonths({to_before:Date}, 1))
        ) AS line
        LEFT ANY JOIN shops ON line.merchant_id = shops.merchant_id
        GROUP BY owner, buyer
    )
    GROUP BY owner
)
-- A line that came to lie in another month has a tombstone where it lay (fill-tombstones), so that each month is whole by itself.
SETTINGS do_not_merge_across_partitions_select_final = 1
