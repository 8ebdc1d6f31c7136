-- Question: how much of what an area sold in some months comes from SKUs that sold nothing there in the months before, and how much of that from each legal owner?
-- Grain: one row. A SKU is one of a merchant. area_everything 1 = the nation, else the belts given. months: of the period;
-- earlier_months: those in which a SKU that is new sold nothing. Values in hundredths of the currency. unknown_value: of lines of which the source tells no SKU,
-- which are in none of the others.
-- owner_sums: two for each owner, value of new SKUs and of all, one owner after the other in the order of their ids; of two owners of a merchant the later month's holds, as in owner-windows.
-- Null: never; no row where nothing was sold.
WITH {{effective-versions}}
SELECT
    sum(owner_value)                AS value,
    sum(owner_new_value)            AS new_value,
    sum(owner_sku_count)            AS sku_count,
    sum(owner_new_count)            AS new_count,
    sum(owner_unknown_value)        AS unknown_value,
    arrayFlatten(arrayMap(one -> one.2, arraySort(one -> one.1, groupArrayIf(tuple(owner, [owner_new_value, owner_value]), owner_sku_count > 0)))) AS owner_sums
FROM
(
    SELECT
        owner,
        toFloat64(toInt64(sumIf(sold, is_told) * 100))              AS owner_value,
        toFloat64(toInt64(sumIf(sold, is_told AND is_new) * 100))   AS owner_new_value,
        countIf(is_told)                                            AS owner_sku_count,
        countIf(is_told AND is_new)                                 AS owner_new_count,
        toFloat64(toInt64(sumIf(sold, NOT is_told) * 100))          AS owner_unknown_value
    FROM
    (
        SELECT
            merchant_id, sku_id != '' AS is_told,
            sumIf(gmv, month IN {months:Array(Date)})                           AS sold,
            sumIf(lines, month IN {months:Array(Date)})                         AS lines_sold,
            sumIf(lines, month IN {earlier_months:Array(Date)}) = 0             AS is_new
        FROM rollup_sku_month
        WHERE {{area-belts}}
          AND (month IN {months:Array(Date)} OR month IN {earlier_months:Array(Date)})
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id, sku_id
        HAVING lines_sold > 0
    ) AS skus
    INNER JOIN
    (
        SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner
        FROM rollup_merchant_month
        WHERE {{area-belts}}
          AND month IN {months:Array(Date)}
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    ) AS merchants USING (merchant_id)
    GROUP BY owner
)
HAVING count() > 0
