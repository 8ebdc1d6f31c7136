-- Question: what does each legal owner add to figures that are linear in the sums of price-links, such as logarithms of price levels near what they are?
-- Grain: figure, from 1 on. A figure adds up, over pairs of periods, what the four sums of a pair are multiplied by: of_value0[i][figure] is for the pair from_periods[i],
-- to_periods[i]; a period with itself: all that was sold in it. `owner_seeds` as in owner-windows, with the first figure alone; `added` in the same order for all.
-- What an owner adds in a pair is rounded to a whole number before it is added up, so that the engine's order of adding changes nothing: the caller scales its factors.
-- Items and units as in price-links. An item belongs to its merchant and so to the merchant's owner.
-- Null: never.
WITH {{effective-versions}},
    arrayMap((from_no, to_no) -> from_no * 256 + to_no, {from_periods:Array(UInt16)}, {to_periods:Array(UInt16)}) AS asked
SELECT
    figure,
    if(figure = 1, arrayMap(one -> one.1, own), [])                     AS owner_seeds,
    arrayMap(one -> one.2, own)                                         AS added
FROM
(
    SELECT
        figure,
        arraySort(groupArray(tuple(bitAnd(sipHash64({scope_source:String}, owner), 9007199254740991), toFloat64(of_owner[figure])))) AS own
    FROM
    (
        SELECT
            owner,
            sumForEach(arrayMap((a, b, c, d) -> toInt64(round(a * value0 + b * value1 + c * tornqvist0 + d * tornqvist1)),
                {of_value0:Array(Array(Float64))}[place], {of_value1:Array(Array(Float64))}[place],
                {of_tornqvist0:Array(Array(Float64))}[place], {of_tornqvist1:Array(Array(Float64))}[place])) AS of_owner
        FROM
        (
            SELECT
                owner,
                indexOf(asked, toUInt16(pair.1.1) * 256 + pair.2.1)     AS place,
                sum(pair.1.3)                                           AS value0,
                sum(pair.2.3)                                           AS value1,
                sum(round(1000 * pair.1.3 * log(ratio))) / 1000         AS tornqvist0,
                sum(round(1000 * pair.2.3 * log(ratio))) / 1000         AS tornqvist1
            FROM
            (
                SELECT
                    merchant_id,
                    arrayJoin({{pairs-of-sold}}) AS pair,
                    if(pair.1.1 = pair.2.1, 1., (pair.2.3 / pair.2.2) / (pair.1.3 / pair.1.2)) AS ratio
                FROM
                (
                    SELECT merchant_id, groupArray(tuple(period_no, pieces, value)) AS sold
                    FROM ({{priced-items}})
                    GROUP BY merchant_id, item
                )
            ) AS pairs
            INNER JOIN ({{owners-of-merchants}}) AS merchants USING (merchant_id)
            GROUP BY owner, place
            HAVING place > 0
        )
        GROUP BY owner
    )
    ARRAY JOIN arrayEnumerate(of_owner) AS figure
    GROUP BY figure
)
ORDER BY figure
