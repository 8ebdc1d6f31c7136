-- Question: how many SKUs did each legal owner sell in a quarter, of what value, how much of it new or in many lines, and how did prices change on the year before?
-- Grain: owner, of whoever sold in the quarter. A SKU is one of a shop. new_value: of SKUs that sold nothing in {earlier_months}, the year before. hits: SKUs with at
-- least {hit_lines} order lines in the quarter. value0, value1, tornqvist0, tornqvist1, items: of items sold in both quarters, as in price-pairs; an item is a
-- SKU in one combination of tracks in one of the three months, that of the year before beside its own ({months}[i] beside {baseline_months}[i]). all0: of all items of the year before, of whichever SKU.
-- What the source tells no SKU of is in all0 and all1 (of the quarter) and in nothing else; of who sold nothing else skus is 0. Values in hundredths; what is not whole is rounded to thousandths of them and added up as whole numbers. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT
    owner,
    toFloat64(sumIf(sku_value, sku_id != ''))           AS value,
    toFloat64(sumIf(sku_value, sku_id != '' AND lines_now > 0 AND earlier = 0)) AS new_value,
    toFloat64(countIf(sku_id != '' AND lines_now > 0))  AS skus,
    toFloat64(countIf(sku_id != '' AND lines_now >= {hit_lines:UInt32})) AS hits,
    toFloat64(sum(all_before))                         AS all0,
    toFloat64(sum(sku_value))                          AS all1,
    toFloat64(sum(matched0))                           AS value0,
    toFloat64(sum(matched1))                           AS value1,
    toFloat64(sum(logs0)) / 1000                       AS tornqvist0,
    toFloat64(sum(logs1)) / 1000                       AS tornqvist1,
    toFloat64(sum(matched))                            AS items
FROM
(
    SELECT
        merchant_id, sku_id,
        sum(arraySum(values1))  AS sku_value,
        sum(lines_now_of)       AS lines_now,
        sum(earlier_of)         AS earlier,
        sum(arraySum(values0))  AS all_before,
        sum(arraySum(arrayMap((v, r) -> if(r > 0, v, 0), values0, ratios))) AS matched0,
        sum(arraySum(arrayMap((v, r) -> if(r > 0, v, 0), values1, ratios))) AS matched1,
        sum(arraySum(arrayMap((v, r) -> if(r > 0, toInt64(round(1000 * v * log(r))), 0), values0, ratios))) AS logs0,
        sum(arraySum(arrayMap((v, r) -> if(r > 0, toInt64(round(1000 * v * log(r))), 0), values1, ratios))) AS logs1,
        sum(arrayCount(r -> r > 0, ratios)) AS matched
    FROM
    (
        SELECT
            merchant_id, sku_id, combination,
            sumIf(lines, month IN {months:Array(Date)})         AS lines_now_of,
            sumIf(lines, month IN {earlier_months:Array(Date)}) AS earlier_of,
            sumForEach(arrayMap(of -> if(month = of, toInt64(gmv * 100), 0), {months:Array(Date)}))          AS values1,
            sumForEach(arrayMap(of -> if(month = of, toInt64(pieces), 0), {months:Array(Date)}))             AS pieces1,
            sumForEach(arrayMap(of -> if(month = of, toInt64(gmv * 100), 0), {baseline_months:Array(Date)})) AS values0,
            sumForEach(arrayMap(of -> if(month = of, toInt64(pieces), 0), {baseline_months:Array(Date)}))    AS pieces0,
            arrayMap((v0, p0, v1, p1) -> if(sku_id != '' AND v0 > 0 AND p0 > 0 AND v1 > 0 AND p1 > 0, (v1 / p1) / (v0 / p0), 0.), values0, pieces0, values1, pieces1) AS ratios
        FROM rollup_sku_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND (month IN {months:Array(Date)} OR month IN {earlier_months:Array(Date)} OR month IN {baseline_months:Array(Date)})
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id, sku_id, combination
    )
    GROUP BY merchant_id, sku_id
) AS sold
INNER JOIN
(
    SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner
    FROM rollup_merchant_month
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
      AND (month, data_version) IN effective_versions
    GROUP BY merchant_id
) AS shops ON sold.merchant_id = shops.merchant_id
GROUP BY owner
HAVING countIf(lines_now > 0) > 0
