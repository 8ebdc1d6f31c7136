-- What is in force in the touched months, read from the published table itself. own_*: lines of this batch; days: those with a
-- line in force, counted or not; unknown_buyer_lines: counted ones whose buyer is not told. Grain: one row.
SELECT
    countIf(batch_id = {batch_id:UInt64}) AS own_lines,
    sumIf(toInt64(quantity), batch_id = {batch_id:UInt64}) AS own_quantity,
    toString(sumIf(toDecimal128(amount, 2), batch_id = {batch_id:UInt64})) AS own_amount,
    countIf(is_counted) AS counted_lines,
    sumIf(toInt64(quantity), is_counted) AS counted_pieces,
    toString(sumIf(toDecimal128(amount, 2), is_counted)) AS counted_gmv,
    countIf(is_counted AND buyer_id = '') AS unknown_buyer_lines,
    arraySort(groupUniqArray(placed_day)) AS days
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)}
