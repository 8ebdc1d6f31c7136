-- Question: what did each merchant of an area sell in the whole months of a period and of its baseline, on one track?
-- Grain: one row, with two arrays of money in hundredths that belong together, one element a merchant; a merchant of
-- several belts of the area counts once. owner_seeds: whose each is, as in owner-windows. same_store_orders: orders of the baseline of merchants that sold in both; one of
-- several merchants counts with each. area_everything 1 = the nation, else the belts given. track_bit 0 = every line.
-- Merchants that sold in neither are not in it; no row where there is none. Null: never.
WITH {{effective-versions}}
SELECT
    groupArray(before)                                              AS baseline,
    groupArray(after)                                               AS period,
    groupArray(bitAnd(sipHash64({scope_source:String}, owner), 9007199254740991)) AS owner_seeds,
    sumIf(orders_before, before > 0 AND after > 0)                  AS same_store_orders
FROM
(
    SELECT
        toFloat64(toInt64(sumIf(gmv, month IN {months:Array(Date)}) * 100))          AS after,
        toFloat64(toInt64(sumIf(gmv, month IN {baseline_months:Array(Date)}) * 100)) AS before,
        sumIf(orders, month IN {baseline_months:Array(Date)})                        AS orders_before,
        argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner
    FROM rollup_merchant_month
    WHERE {{area-belts}}
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
      AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
      AND (month, data_version) IN effective_versions
    GROUP BY merchant_id
    HAVING after != 0 OR before != 0
)
HAVING count() > 0
