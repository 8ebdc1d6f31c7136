-- Question: what did each merchant of a data version sell in each month, by exclusive combination of tracks, and whose is it?
-- Grain: belt ('' = merchants without a belt) and slice of its merchants, in any order, so that no row is too long to be read at once; with
-- arrays. One element a merchant: merchant_keys and owner_seeds (whole numbers below 2^53 of the merchant, and of source and owner, alone;
-- the seed is that of owner-windows), cell_counts (how many of the elements below are this merchant's, one merchant after the other). One element a row of the
-- rollup that is not zero: month_nos (months since year 0), combinations, amounts (pieces, orders, or money in hundredths, whole numbers).
-- of_two_owners: merchants with more than one owner, which are there only as of versions from before owners were kept in the rollups. Null: never.
WITH {{effective-versions}}
SELECT
    belt_id,
    groupArray(toFloat64(bitAnd(sipHash64(merchant_id), 9007199254740991)))                   AS merchant_keys,
    groupArray(toFloat64(bitAnd(sipHash64({scope_source:String}, owner), 9007199254740991)))  AS owner_seeds,
    groupArray(toUInt32(length(own_amounts)))                                                 AS cell_counts,
    arrayFlatten(groupArray(own_months))                                                      AS month_nos,
    arrayFlatten(groupArray(own_combinations))                                                AS combinations,
    arrayFlatten(groupArray(own_amounts))                                                     AS amounts,
    toUInt32(countIf(owner != other_owner))                                                   AS of_two_owners
FROM
(
    SELECT
        belt_id, merchant_id, min(owner_id) AS owner, max(owner_id) AS other_owner,
        groupArray(month_no) AS own_months, groupArray(combination) AS own_combinations, groupArray(amount) AS own_amounts
    FROM
    (
        SELECT
            belt_id, merchant_id, owner_id, combination,
            toUInt32(toYear(month) * 12 + toMonth(month) - 1) AS month_no,
            toFloat64({{measure-of-row}})                     AS amount
        FROM rollup_merchant_month
        WHERE source = {scope_source:String}
          AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
          AND (month, data_version) IN effective_versions
    )
    WHERE amount != 0
    GROUP BY belt_id, merchant_id
) AS sold
GROUP BY belt_id, cityHash64(merchant_id) % {slices:UInt16}
