-- Belts by the growth of their GMV, a year against the year before. Grain: belt. $1, $2, $3: where the year before begins,
-- where the year begins, where it ends (exclusive). growth: a ratio, null where the year before sold nothing.
SELECT belt_id AS key, value, baseline, CAST(value AS DOUBLE PRECISION) / CAST(nullif(baseline, 0) AS DOUBLE PRECISION) - 1 AS growth
FROM
(
    SELECT
        belt_id,
        coalesce(sum(amount) FILTER (WHERE day >= $2::date), 0)        AS value,
        coalesce(sum(amount) FILTER (WHERE day < $2::date), 0)         AS baseline
    FROM lines
    WHERE day >= $1::date AND day < $3::date AND belt_id <> ''
    GROUP BY belt_id
) AS belt
ORDER BY growth DESC
