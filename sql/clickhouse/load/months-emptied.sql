-- Of which months that the batch replaces does it withdraw lines and bring none? Grain: month.
SELECT month, count() AS lines
FROM load__withdrawn
WHERE month NOT IN (SELECT DISTINCT toYYYYMM(placed_day) FROM load__staged WHERE source = {source:String})
GROUP BY month
ORDER BY month
