-- The last business day with an order line in force, in the newest month that has any (null: none in that month).
SELECT max(placed_day) AS day, count() AS lines
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND toYYYYMM(placed_day) = {month:UInt32}
