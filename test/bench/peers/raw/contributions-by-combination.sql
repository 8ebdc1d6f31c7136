-- The change of GMV by exclusive combination of tracks. Grain: combination (bits as in lines). $1, $2, $3: where the year
-- before begins, where the year begins, where it ends (exclusive).
SELECT
    CAST(combination AS VARCHAR)                                AS key,
    coalesce(sum(amount) FILTER (WHERE day >= $2::date), 0)        AS value,
    coalesce(sum(amount) FILTER (WHERE day < $2::date), 0)         AS baseline
FROM lines
WHERE day >= $1::date AND day < $3::date
GROUP BY combination
