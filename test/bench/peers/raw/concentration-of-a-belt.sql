-- How the GMV of a belt is spread over its merchants, in a year and in the year before. Grain: two rows. $1, $2, $3: where the
-- year before begins, where the year begins, where it ends (exclusive); $4: the belt. Where a fifth of the merchants is no whole
-- number, the next one counts with the fraction. hhi: from 0 to 10,000; top_fifth: a ratio, null of fewer than five merchants.
WITH
    merchants AS
    (
        SELECT
            CASE WHEN day >= $2::date THEN 'value' ELSE 'baseline' END AS side,
            merchant_id,
            CAST(sum(amount) AS DOUBLE PRECISION) AS gmv
        FROM lines
        WHERE belt_id = $4 AND day >= $1::date AND day < $3::date
        GROUP BY 1, 2
        HAVING sum(amount) > 0
    ),
    ranked AS
    (
        SELECT
            side,
            gmv / sum(gmv) OVER (PARTITION BY side)                          AS share,
            row_number() OVER (PARTITION BY side ORDER BY gmv DESC)          AS place,
            0.2 * count(*) OVER (PARTITION BY side)                          AS top
        FROM merchants
    )
SELECT
    side                                                        AS key,
    10000 * sum(share * share)                                  AS hhi,
    CASE WHEN count(*) >= 5 THEN sum(share * least(1, greatest(0, top - (place - 1)))) END AS top_fifth
FROM ranked
GROUP BY side
