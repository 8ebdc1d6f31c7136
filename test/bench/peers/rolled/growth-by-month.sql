-- Orders and GMV of the nation by month, beside the year before. Grain: month. $1 … $2: days, the second exclusive.
SELECT CAST(now.month AS VARCHAR) AS key, now.orders, before.orders AS orders_before, now.gmv, before.gmv AS gmv_before
FROM nation_month AS now
LEFT JOIN nation_month AS before ON before.month = now.month - INTERVAL '1 year'
WHERE now.month >= $1::date AND now.month < $2::date
