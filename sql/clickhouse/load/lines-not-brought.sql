-- How many lines in force, of certain batches, stay as they are? Those that the batch does not bring, or brings an older
-- record of, and that it does not withdraw. in_other_currency: how many of these
-- are in another currency than the source is now. One row.
SELECT count() AS lines, countIf(currency != {currency:String}) AS in_other_currency
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND batch_id IN {batches:Array(UInt64)} AND is_deleted = 0
    AND (cityHash64(order_id, line_no) NOT IN (SELECT cityHash64(order_id, line_no) FROM load__staged WHERE source = {source:String})
        OR (order_id, line_no) IN (SELECT order_id, line_no FROM load__candidates WHERE NOT is_staged AND rank = 1))
    AND (order_id, line_no) NOT IN (SELECT order_id, line_no FROM load__withdrawn WHERE NOT is_withheld)
