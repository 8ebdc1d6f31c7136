-- Question: how many distinct merchants were active over the whole months of a period and of its baseline, by the exclusive
-- combination of tracks that they were active in?
-- Grain: combination: the OR of the bits of all lines of a merchant in the period, so each merchant counts once.
-- area_everything 1 = the nation, else area_belts; a merchant of several belts counts once.
-- Both sides of a merchant are gathered in one number, low byte the period and high byte the baseline, with 128 = active: one
-- aggregate over the names is a third faster than four.
-- Null: never; a combination without a row had nobody on either side.
WITH {{in-force}}
SELECT
    toUInt8(side.1) AS combination,
    sum(side.2)     AS units,
    sum(side.3)     AS baseline_units
FROM
(
    SELECT sides, count() AS number
    FROM
    (
        SELECT
            groupBitOr(
                if(month IN {months:Array(Date)}, toUInt16(combination) + 128, 0)
                + if(month IN {baseline_months:Array(Date)}, (toUInt16(combination) + 128) * 256, 0)
            ) AS sides
        FROM rollup_merchant_month
        WHERE {{area-belts}}
          AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
          AND (month, data_version) IN in_force AND lines > 0
        GROUP BY merchant_id
    )
    GROUP BY sides
)
ARRAY JOIN
[
    (bitAnd(sides, 127), if(bitAnd(sides, 128) > 0, number, 0), 0),
    (bitAnd(intDiv(sides, 256), 127), 0, if(bitAnd(sides, 128 * 256) > 0, number, 0))
] AS side
WHERE side.2 + side.3 > 0
GROUP BY combination
ORDER BY combination
