-- Question: what does each legal owner add to the sums that the price index between two periods is made of?
-- Grain: one row, with eight sums for each owner in `sums`, one owner after the other in the order of their ids: value of all
-- SKUs in either period (all0, all1); of the SKUs sold in both v0, v1, v0·r, v1 ÷ r, v0·ln r, v1·ln r as in price-pairs, of which these are the parts. No row where nothing was sold.
-- Months[i] belongs to period_nos[i], 0 = the baseline, 1 = the period; a month can be in both. Values in hundredths of the currency; what is not whole is rounded to
-- thousandths of them and added up as whole numbers, so that the engine's order of adding changes nothing.
-- A SKU belongs to its merchant and so to the merchant's owner; of two owners in one version the later month's holds, as in owner-windows.
-- Null: never.
WITH
    {{effective-versions}},
    arrayFilter((own, period) -> period = 0, {months:Array(Date)}, {period_nos:Array(UInt8)}) AS months0,
    arrayFilter((own, period) -> period = 1, {months:Array(Date)}, {period_nos:Array(UInt8)}) AS months1
SELECT
    arrayFlatten(arrayMap(one -> one.2, arraySort(one -> one.1, groupArray(tuple(owner, owner_sums))))) AS sums
FROM
(
    SELECT
        owner,
        [
            sum(value0), sum(value1),
            sumIf(value0, ratio > 0), sumIf(value1, ratio > 0),
            sum(round(1000 * value0 * ratio)) / 1000,
            sumIf(round(1000 * value1 / ratio), ratio > 0) / 1000,
            sumIf(round(1000 * value0 * log(ratio)), ratio > 0) / 1000,
            sumIf(round(1000 * value1 * log(ratio)), ratio > 0) / 1000
        ] AS owner_sums
    FROM
    (
        SELECT
            merchant_id,
            sku_id,
            toFloat64(sumIf(pieces, has(months0, month)))             AS pieces0,
            toFloat64(sumIf(pieces, has(months1, month)))             AS pieces1,
            toFloat64(toInt64(sumIf(gmv, has(months0, month)) * 100)) AS value0,
            toFloat64(toInt64(sumIf(gmv, has(months1, month)) * 100)) AS value1,
            if(pieces0 > 0 AND pieces1 > 0 AND value0 > 0 AND value1 > 0, (value1 / pieces1) / (value0 / pieces0), 0) AS ratio
        FROM rollup_sku_month
        WHERE {{area-belts}}
          AND month IN {months:Array(Date)}
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id, sku_id
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
