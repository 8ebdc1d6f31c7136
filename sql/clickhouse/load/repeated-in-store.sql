-- Which lines of the batch are already in the published table, in whatever month or under whatever merchant?
INSERT INTO load__repeated
SELECT DISTINCT cityHash64(order_id, line_no) AS line_key
FROM {{published}}.order_lines
WHERE source = {source:String} AND line_key IN (
    SELECT cityHash64(order_id, line_no) FROM load__staged
    WHERE source = {source:String} AND cityHash64(order_id, line_no) % {buckets:UInt32} = {bucket:UInt32})
