-- What each item of an area sold in each period: merchant_id, period_no, item, pieces, value (hundredths of the currency). An item is a SKU in one exclusive combination
-- of tracks and in one slot, so that retail is not taken for bulk, nor May for June. Months[i] belongs to period_nos[i] and there to slots[i]; a month can be in
-- several periods. What the source tells no SKU of has -1 pieces, so that it has
-- no price and is in no pair, but in the value of all. Rows from before combinations were kept (65535) are items of their own, and of no single track.
SELECT
    merchant_id,
    place.1                                                             AS period_no,
    cityHash64(sku_id, combination, place.2)                            AS item,
    if(sku_id = '', -1., toFloat64(sum(pieces)))                        AS pieces,
    toFloat64(toInt64(sum(gmv) * 100))                                  AS value
FROM rollup_sku_month
ARRAY JOIN arrayFilter(one -> one.3 = month, arrayZip({period_nos:Array(UInt8)}, {slots:Array(UInt8)}, {months:Array(Date)})) AS place
WHERE {{area-belts}}
  AND month IN {months:Array(Date)}
  AND ({track_bit:UInt16} = 0 OR (bitAnd(combination, {track_bit:UInt16}) != 0 AND combination != 65535))
  AND (month, data_version) IN effective_versions
GROUP BY merchant_id, sku_id, combination, place.1, place.2
