-- Of which orders does the batch put a counted line in force, so that their counted lines lie on several days, those of earlier
-- loads included? Such an order counts once in each day and month. What loses, is replaced or is withdrawn has no say. Lines of
-- orders that the batch does not bring are not looked at. One bucket of orders at a time, so that memory does not grow with the
-- batch; has_lines: whether any line of the source is, else the sets of keys to look for stay empty.
INSERT INTO load__several_days
WITH winners AS
(
    SELECT order_id, line_no, placed_day, is_counted
    FROM load__staged
    WHERE source = {source:String} AND cityHash64(order_id) % {buckets:UInt32} = {bucket:UInt32}
        AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_superseded)
)
SELECT order_key
FROM
(
    SELECT cityHash64(order_id) AS order_key, min(placed_day) AS first_day, max(placed_day) AS last_day, true AS is_brought
    FROM winners
    WHERE is_counted
    GROUP BY order_key
    UNION ALL
    SELECT order_key, min(record.1), max(record.1), false
    FROM
    (
        SELECT
            cityHash64(order_id) AS order_key, cityHash64(order_id, line_no) AS line_key,
            argMax((placed_day, is_counted AND is_deleted = 0), version) AS record
        FROM {{published}}.order_lines
        WHERE source = {source:String}
            AND order_key IN (SELECT cityHash64(order_id) FROM winners WHERE is_counted AND {has_lines:Bool})
            AND line_key NOT IN (SELECT cityHash64(order_id, line_no) FROM winners WHERE {has_lines:Bool})
            AND line_key NOT IN (SELECT cityHash64(order_id, line_no) FROM load__withdrawn WHERE NOT is_withheld)
        GROUP BY order_key, line_key
    )
    WHERE record.2
    GROUP BY order_key
)
GROUP BY order_key
HAVING min(first_day) != max(last_day) AND max(is_brought)
