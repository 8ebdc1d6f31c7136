-- GMV of a belt by day. Grain: day on which something was sold. $1 … $2: days, the second exclusive; $3: the belt.
SELECT CAST(day AS VARCHAR) AS key, sum(gmv) AS gmv
FROM belt_day
WHERE belt_id = $3 AND day >= $1::date AND day < $2::date
GROUP BY day
ORDER BY day
