-- Question: what does each legal owner add to the sums that the price index between two periods is made of?
-- Grain: one row, with eight sums for each owner in `sums`, one owner after the other in the order of their ids: value of all
-- items in either period (all0, all1); of the items sold in both v0, v1, v0·r, v1 ÷ r, v0·ln r, v1·ln r as in price-pairs, of which these are the parts. No row where nothing was sold.
-- Items as in priced-items; period 0 is the baseline, 1 the period. Values in hundredths of the currency; what is not whole is rounded to
-- thousandths of them and added up as whole numbers, so that the engine's order of adding changes nothing.
-- An item belongs to its merchant and so to the merchant's owner.
-- Null: never.
WITH {{effective-versions}}
SELECT
    arrayFlatten(arrayMap(one -> one.2, arraySort(one -> one.1, groupArray(tuple(owner, owner_sums))))) AS sums
FROM
(
    SELECT
        owner,
        [
            sum(value0), sum(value1),
            sumIf(value0, ratio > 0), sumIf(value1, ratio > 0),
            sum(round(1000 * value0 * ratio)) / 1000,
            sumIf(round(1000 * value1 / ratio), ratio > 0) / 1000,
            sumIf(round(1000 * value0 * log(ratio)), ratio > 0) / 1000,
            sumIf(round(1000 * value1 * log(ratio)), ratio > 0) / 1000
        ] AS owner_sums
    FROM
    (
        SELECT
            merchant_id,
            sumIf(pieces, period_no = 0)            AS pieces0,
            sumIf(pieces, period_no = 1)            AS pieces1,
            sumIf(value, period_no = 0)             AS value0,
            sumIf(value, period_no = 1)             AS value1,
            if(pieces0 > 0 AND pieces1 > 0 AND value0 > 0 AND value1 > 0, (value1 / pieces1) / (value0 / pieces0), 0) AS ratio
        FROM ({{priced-items}})
        GROUP BY merchant_id, item
    ) AS items
    INNER JOIN ({{owners-of-merchants}}) AS merchants USING (merchant_id)
    GROUP BY owner
)
HAVING count() > 0
