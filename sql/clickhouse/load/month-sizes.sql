-- Rows of the touched months in the published table, by month.
SELECT toYYYYMM(placed_day) AS month, count() AS lines
FROM {{published}}.order_lines
WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)}
GROUP BY month
ORDER BY month
