-- What would change in force in each touched month? Grain: month. {{lines}}: parts/in-force-after.sql.
SELECT
    month,
    countIf(is_after = 0) AS lines_before, countIf(is_after = 1) AS lines_after,
    uniqExactIf(order_id, is_after = 0) AS orders_before, uniqExactIf(order_id, is_after = 1) AS orders_after,
    toString(sumIf(toDecimal128(amount, 2), is_after = 0)) AS gmv_before, toString(sumIf(toDecimal128(amount, 2), is_after = 1)) AS gmv_after
FROM
(
    {{lines}}
)
GROUP BY month
ORDER BY month
