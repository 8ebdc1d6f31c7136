-- No column of the export names a belt, so merchant_belts.csv does; who is not in it is in none that is known.
SELECT
    sold.merchant_id AS merchant_id,
    if(assigned.belt_id = '', {{unassigned}}, assigned.belt_id) AS belt_id,
    '2000-01-01' AS valid_from,
    '' AS valid_to
FROM (SELECT DISTINCT {{merchant}} AS merchant_id FROM orders) AS sold
LEFT ANY JOIN merchant_belts AS assigned ON sold.merchant_id = assigned.merchant_id
WHERE sold.merchant_id != ''
