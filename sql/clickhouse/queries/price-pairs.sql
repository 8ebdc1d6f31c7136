-- Question: what do the items sold in two periods say of prices, for every pair of periods?
-- Grain: pair of periods, from_period < to_period: sums over the items sold in both, which price indices are made of; and
-- from_period = to_period: all items of that period (value0 = their whole value).
-- Items as in priced-items. area_everything 1 = the nation, else the belts given; track_bit 0 = all lines. Price = gmv ÷ pieces, so an item without pieces or
-- money has none and is in no pair. Values in hundredths of the currency. r = price of to ÷ price of from; v0, v1 = values of from and of to:
-- laspeyres_sum Σ v0·r, paasche_sum Σ v1 ÷ r, tornqvist0 Σ v0·ln r, tornqvist1 Σ v1·ln r, log_sum Σ ln r.
-- items: without what the source tells no SKU of, which is in the values of a period with itself alone.
-- Null: never.
WITH {{effective-versions}}
SELECT
    pair.1.1                                          AS from_period,
    pair.2.1                                          AS to_period,
    countIf(pair.1.2 >= 0)                            AS items,
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
        arrayJoin({{pairs-of-sold}}) AS pair,
        if(pair.1.1 = pair.2.1, 1., (pair.2.3 / pair.2.2) / (pair.1.3 / pair.1.2)) AS ratio
    FROM
    (
        SELECT groupArray(tuple(period_no, pieces, value)) AS sold
        FROM ({{priced-items}})
        GROUP BY merchant_id, item
    )
)
GROUP BY from_period, to_period
ORDER BY from_period, to_period
