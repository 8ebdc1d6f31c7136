-- A merchant is in the belt that its orders name, since ever.
SELECT DISTINCT {{merchant}} AS merchant_id, {{belt}} AS belt_id, '2000-01-01' AS valid_from, '' AS valid_to
FROM orders
