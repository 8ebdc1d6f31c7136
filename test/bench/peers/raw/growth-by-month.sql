-- Orders and GMV of the nation by month, beside the year before. Grain: month. $1 … $2: days, the second exclusive.
WITH months AS
(
    SELECT month, count(DISTINCT order_id) AS orders, sum(amount) AS gmv
    FROM lines
    WHERE day >= $1::date - INTERVAL '1 year' AND day < $2::date
    GROUP BY month
)
SELECT CAST(now.month AS VARCHAR) AS key, now.orders, before.orders AS orders_before, now.gmv, before.gmv AS gmv_before
FROM months AS now
LEFT JOIN months AS before ON before.month = now.month - INTERVAL '1 year'
WHERE now.month >= $1::date
