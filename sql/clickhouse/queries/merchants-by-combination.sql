-- Question: how many distinct merchants were active over the whole months of a period and of its baseline, by the exclusive
-- combination of tracks that they were active in?
-- Grain: combination: the OR of the bits of all lines of a merchant in the period, so each merchant counts once.
-- area_everything 1 = the nation, else area_belts; a merchant of several belts counts once.
-- Both sides of a merchant are gathered in one number: bits 0 to 15 its combination in the period, bits 16 to 31 in the
-- baseline, bit 32 active in the period, bit 33 in the baseline. One aggregate over the names is a third faster than four.
-- Null: never; a combination without a row had nobody on either side.
WITH {{effective-versions}}
SELECT
    toUInt16(side.1) AS combination,
    sum(side.2)     AS units,
    sum(side.3)     AS baseline_units
FROM
(
    SELECT sides, count() AS number
    FROM
    (
        SELECT
            groupBitOr(
                if(month IN {months:Array(Date)}, toUInt64(combination) + bitShiftLeft(toUInt64(1), 32), 0)
                + if(month IN {baseline_months:Array(Date)},
                     bitShiftLeft(toUInt64(combination), 16) + bitShiftLeft(toUInt64(1), 33), 0)
            ) AS sides
        FROM rollup_merchant_month
        WHERE {{area-belts}}
          AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
          AND (month, data_version) IN effective_versions AND lines > 0
        GROUP BY merchant_id
    )
    GROUP BY sides
)
ARRAY JOIN
[
    (bitAnd(sides, 0xFFFF), if(bitTest(sides, 32), number, 0), 0),
    (bitAnd(bitShiftRight(sides, 16), 0xFFFF), 0, if(bitTest(sides, 33), number, 0))
] AS side
WHERE side.2 + side.3 > 0
GROUP BY combination
ORDER BY combination
