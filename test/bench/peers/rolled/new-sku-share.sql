-- How much of the nation's GMV comes from SKUs that sold nothing in the year before. Grain: three rows: the value and that of
-- new SKUs in the year, the same in the year before it, and how many SKUs and new ones sold in the year. A SKU is one of a
-- merchant. $1, $2, $3, $4: where the year before the year before begins, and each of the next begins; the last is exclusive.
WITH skus AS
(
    SELECT
        coalesce(sum(gmv) FILTER (WHERE month >= $3::date), 0)                            AS gmv,
        coalesce(sum(gmv) FILTER (WHERE month >= $2::date AND month < $3::date), 0)        AS gmv_before,
        count(*) FILTER (WHERE month >= $3::date)                                         AS sold,
        count(*) FILTER (WHERE month >= $2::date AND month < $3::date)                     AS sold_before,
        count(*) FILTER (WHERE month < $2::date)                                          AS sold_earlier
    FROM sku_month
    WHERE month >= $1::date AND month < $4::date
    GROUP BY merchant_id, sku_id
)
SELECT 'value' AS key, sum(gmv) AS everything, coalesce(sum(gmv) FILTER (WHERE sold_before = 0), 0) AS of_new FROM skus
UNION ALL
SELECT 'baseline', sum(gmv_before), coalesce(sum(gmv_before) FILTER (WHERE sold_earlier = 0), 0) FROM skus
UNION ALL
SELECT 'skus', count(*) FILTER (WHERE sold > 0), count(*) FILTER (WHERE sold > 0 AND sold_before = 0) FROM skus
