-- Months with rows of a source, the newest first; some may hold tombstones alone.
SELECT DISTINCT toYYYYMM(placed_day) AS month FROM {{published}}.order_lines WHERE source = {source:String} ORDER BY month DESC
