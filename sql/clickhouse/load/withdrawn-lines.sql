-- Of which months does the batch withdraw a greater share of the lines in force than {most:Float64}? Grain: month, the worst first.
SELECT month, withdrawn, effective
FROM
(
    SELECT month, count() AS withdrawn FROM load__withdrawn WHERE NOT is_withheld GROUP BY month
) AS gone
INNER JOIN
(
    SELECT toYYYYMM(placed_day) AS month, count() AS effective
    FROM {{published}}.order_lines FINAL
    WHERE source = {source:String} AND is_deleted = 0 AND toYYYYMM(placed_day) IN (SELECT month FROM load__withdrawn)
    GROUP BY month
) AS before USING (month)
WHERE withdrawn > effective * {most:Float64}
ORDER BY withdrawn / effective DESC, month
