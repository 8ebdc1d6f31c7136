-- Question: what did the shops of one legal owner sell in each month from one to another, by exclusive combination of tracks?
-- Grain: month × combination, in their order. belts: at least those in which the shops sold in these months ('' = none), by which the rows are found; see owner-belts.
-- For who may see all of the source, or this owner. gmv, refund in hundredths. orders: of one shop each, under the OR of its lines' combinations there. Null: never; no row = nothing sold.
WITH {{effective-versions}}
SELECT
    month, combination,
    toFloat64(sum(toInt64(gmv * 100))) AS gmv,
    toFloat64(sum(orders))             AS orders,
    toFloat64(sum(pieces))             AS pieces,
    toFloat64(sum(toInt64(refund * 100))) AS refund
FROM rollup_merchant_month
WHERE source = {scope_source:String}
  AND ({scope_everything:UInt8} = 1 OR owner_id IN {scope_owners:Array(String)})
  AND owner_id = {owner:String}
  AND belt_id IN {belts:Array(String)}
  AND month BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY month, combination
ORDER BY month, combination
