-- Question: what do the SKUs sold in two periods say of prices, for every pair of periods?
-- Grain: pair of periods, from_period < to_period: sums over the SKUs sold in both, which price indices are made of; and
-- from_period = to_period: all SKUs of that period (value0 = their whole value).
-- Months[i] belongs to period_nos[i]; a month can be in several periods. area_everything 1 = the nation, else the belts
-- given. Price = gmv ÷ pieces, so a SKU without pieces or money has none and is in no pair. Values in hundredths of the
-- currency. r = price of to ÷ price of from; v0, v1 = values of from and of to:
-- laspeyres_sum Σ v0·r, paasche_sum Σ v1 ÷ r, tornqvist0 Σ v0·ln r, tornqvist1 Σ v1·ln r, log_sum Σ ln r.
-- Null: never.
WITH {{effective-versions}}
SELECT
    pair.1.1                                          AS from_period,
    pair.2.1                                          AS to_period,
    count()                                           AS items,
    sum(pair.1.3)                                     AS value0,
    sum(pair.2.3)                                     AS value1,
    sum(pair.1.3 * ratio)                             AS laspeyres_sum,
    sum(pair.2.3 / ratio)                             AS paasche_sum,
    sum(pair.1.3 * log(ratio))                        AS tornqvist0,
    sum(pair.2.3 * log(ratio))                        AS tornqvist1,
    sum(log(ratio))                                   AS log_sum
FROM
(
    SELECT
        arrayJoin(arrayFlatten(arrayMap(a -> arrayMap(b -> tuple(a, b),
            arrayFilter(b -> b.1 = a.1 OR (b.1 > a.1 AND a.2 > 0 AND a.3 > 0 AND b.2 > 0 AND b.3 > 0), sold)), sold))) AS pair,
        if(pair.1.1 = pair.2.1, 1., (pair.2.3 / pair.2.2) / (pair.1.3 / pair.1.2)) AS ratio
    FROM
    (
        SELECT groupArray(tuple(period_no, pieces, value)) AS sold
        FROM
        (
            SELECT
                merchant_id,
                sku_id,
                arrayJoin(arrayFilter((period, own) -> own = month, {period_nos:Array(UInt8)}, {months:Array(Date)})) AS period_no,
                toFloat64(sum(pieces))          AS pieces,
                toFloat64(toInt64(sum(gmv) * 100)) AS value
            FROM rollup_sku_month
            WHERE {{area-belts}}
              AND month IN {months:Array(Date)}
              AND (month, data_version) IN effective_versions
            GROUP BY merchant_id, sku_id, period_no
        )
        GROUP BY merchant_id, sku_id
    )
)
GROUP BY from_period, to_period
ORDER BY from_period, to_period
