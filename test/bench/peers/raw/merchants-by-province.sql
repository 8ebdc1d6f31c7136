-- Distinct merchants of each province in a year and in the year before. Grain: province. $1, $2, $3: where the year before
-- begins, where the year begins, where it ends (exclusive).
SELECT
    belts.province                                              AS key,
    count(DISTINCT merchant_id) FILTER (WHERE day >= $2::date)   AS value,
    count(DISTINCT merchant_id) FILTER (WHERE day < $2::date)    AS baseline
FROM lines
INNER JOIN belts USING (belt_id)
WHERE day >= $1::date AND day < $3::date
GROUP BY belts.province
