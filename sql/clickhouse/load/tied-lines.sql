-- How many records of the batch lose to another with their updated_at by their place in the files alone, and which is the
-- first of them? One row.
SELECT lines, place.1 AS file_no, place.2 AS line, first_order AS order_id
FROM
(
    SELECT count() AS lines, min((file_no, file_line)) AS place, argMin(order_id, (file_no, file_line)) AS first_order
    FROM load__candidates
    WHERE is_staged AND is_tied
)
