-- Question: what do the items sold in two periods say of prices, for every pair of periods, in sums that are the same in any order?
-- Grain: pair of periods, from_period < to_period: number of items sold in both, and over them v0, v1, v0·ln r, v1·ln r as in price-pairs; and from_period = to_period:
-- all items of that period. What each owner adds to figures made of these is told by price-influences.
-- Items as in priced-items. Values in hundredths of the currency; what is not whole is rounded to thousandths of them and added up as whole numbers, so
-- that the engine's order of adding changes nothing.
-- Null: never.
WITH {{effective-versions}}
SELECT
    pair.1.1                                            AS from_period,
    pair.2.1                                            AS to_period,
    toFloat64(countIf(pair.1.2 >= 0))                   AS items,
    sum(pair.1.3)                                       AS value0,
    sum(pair.2.3)                                       AS value1,
    sum(round(1000 * pair.1.3 * log(ratio))) / 1000     AS tornqvist0,
    sum(round(1000 * pair.2.3 * log(ratio))) / 1000     AS tornqvist1
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
