-- Question: what did each legal owner sell in the base year, beside which a recovery level is told?
-- Grain: owner, of whoever sold in any of {first_months}. gmv in hundredths. of_tracks: gmv on lines that have any bit of each of {track_bits}, in that order, which overlap.
-- orders: of one shop and month each. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT
    owner_id AS owner,
    toFloat64(sum(toInt64(sold.gmv * 100))) AS gmv,
    toFloat64(sum(sold.orders))             AS orders,
    toFloat64(sum(sold.pieces))             AS pieces,
    arrayMap(one -> toFloat64(one), sumForEach(arrayMap(bit -> if(bitAnd(sold.combination, bit) != 0, toInt64(sold.gmv * 100), 0), {track_bits:Array(UInt16)}))) AS of_tracks
FROM rollup_merchant_month AS sold
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
  AND month IN {first_months:Array(Date)}
  AND (month, data_version) IN effective_versions
GROUP BY owner
