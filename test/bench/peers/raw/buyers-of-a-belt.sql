-- Distinct buyers of a belt in a year and in the year before. Grain: one row. $1, $2, $3: where the year before begins, where
-- the year begins, where it ends (exclusive); $4: the belt.
SELECT
    'buyers'                                                    AS key,
    count(DISTINCT buyer_id) FILTER (WHERE day >= $2::date)      AS value,
    count(DISTINCT buyer_id) FILTER (WHERE day < $2::date)       AS baseline
FROM lines
WHERE belt_id = $4 AND day >= $1::date AND day < $3::date
