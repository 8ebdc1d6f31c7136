-- How many rows that the batch wrote are already in the published table? Grain: month.
SELECT toYYYYMM(placed_day) AS month, count() AS lines
FROM {{published}}.order_lines
WHERE source = {source:String} AND toYYYYMM(placed_day) IN (SELECT month FROM load__plan) AND written_by = {batch_id:UInt64}
GROUP BY month
