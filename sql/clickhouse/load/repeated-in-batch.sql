-- Which lines does the batch bring more than once? One bucket of keys at a time, so that memory does not grow with the batch.
INSERT INTO load__repeated
SELECT cityHash64(order_id, line_no) AS line_key
FROM load__staged
WHERE source = {source:String} AND line_key % {buckets:UInt32} = {bucket:UInt32}
GROUP BY line_key
HAVING count() > 1
