-- How many lines in force, of certain batches, does the batch not bring? One row.
SELECT count() AS lines
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND batch_id IN {batches:Array(UInt64)} AND is_deleted = 0
    AND cityHash64(order_id, line_no) NOT IN (SELECT cityHash64(order_id, line_no) FROM load__staged WHERE source = {source:String})
