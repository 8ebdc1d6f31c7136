-- Question: how much of what an area sold in some months comes from SKUs that sold nothing there in the months before?
-- Grain: one row. A SKU is one of a merchant. area_everything 1 = the nation, else the belts given. months: of the period;
-- earlier_months: those in which a SKU that is new sold nothing. Values in hundredths of the currency.
-- Null: never; no row where nothing was sold.
WITH {{effective-versions}}
SELECT
    toFloat64(toInt64(sum(sold) * 100))             AS value,
    toFloat64(toInt64(sumIf(sold, is_new) * 100))   AS new_value,
    count()                                         AS sku_count,
    countIf(is_new)                                 AS new_count
FROM
(
    SELECT
        sumIf(gmv, month IN {months:Array(Date)})                           AS sold,
        sumIf(lines, month IN {months:Array(Date)})                         AS lines_sold,
        sumIf(lines, month IN {earlier_months:Array(Date)}) = 0             AS is_new
    FROM rollup_sku_month
    WHERE {{area-belts}}
      AND (month IN {months:Array(Date)} OR month IN {earlier_months:Array(Date)})
      AND (month, data_version) IN effective_versions
    GROUP BY merchant_id, sku_id
    HAVING lines_sold > 0
)
HAVING count() > 0
