-- How many orders have lines on several days (see fill-several-days.sql), and which is the first line of one that the batch brings? One row.
SELECT
    (SELECT count() FROM load__several_days) AS orders, place.1 AS file_no, place.2 AS line, first_order AS order_id
FROM
(
    SELECT min((file_no, file_line)) AS place, argMin(order_id, (file_no, file_line)) AS first_order
    FROM load__staged
    WHERE source = {source:String} AND is_counted AND cityHash64(order_id) IN (SELECT order_key FROM load__several_days)
)
