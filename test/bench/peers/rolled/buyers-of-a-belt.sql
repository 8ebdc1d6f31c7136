-- Distinct buyers of a belt in a year and in the year before. Grain: one row. $1, $2, $3: where the year before begins, where
-- the year begins, where it ends (exclusive); $4: the belt.
SELECT
    'buyers'                                                    AS key,
    count(DISTINCT buyer_id) FILTER (WHERE month >= $2::date)      AS value,
    count(DISTINCT buyer_id) FILTER (WHERE month < $2::date)       AS baseline
FROM belt_buyer_month
WHERE belt_id = $4 AND month >= $1::date AND month < $3::date
