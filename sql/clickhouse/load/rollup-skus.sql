-- Rolls counted lines up by SKU, combination of tracks and month. What the source tells no SKU of is under ''.
INSERT INTO {{published}}.rollup_sku_month (source, belt_id, month, data_version, merchant_id, sku_id, combination, lines, pieces, gmv)
SELECT
    {source:String}, belts.belt_id, units.month, {batch_id:UInt64}, members.merchant_id, skus.sku_id, units.combination, units.lines, units.pieces, units.gmv
FROM
(
    SELECT belt_no, merchant_no, month, sku_no, combination, count() AS lines, sum(quantity) AS pieces, sum(amount) AS gmv
    FROM load__counted GROUP BY belt_no, merchant_no, month, sku_no, combination
) AS units
LEFT ANY JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
LEFT ANY JOIN load__members AS members ON units.merchant_no = members.merchant_no
LEFT ANY JOIN load__skus AS skus ON units.sku_no = skus.sku_no
