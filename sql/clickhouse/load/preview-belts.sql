-- The same by belt and exclusive combination of tracks, over all touched months; '' = in no belt. Grain: belt × combination.
-- Before the batch a merchant is in the belt it was in, afterwards in the one that the batch's memberships say. {{lines}}: parts/in-force-after.sql.
WITH
    (from_days, to_days, belt_nos, day) -> belt_nos[arrayFirstIndex((start, stop) -> day >= start AND day < stop, from_days, to_days)] AS belt_on
SELECT
    belts.belt_id AS belt_id, combination,
    countIf(is_after = 0) AS lines_before, countIf(is_after = 1) AS lines_after,
    toString(sumIf(toInt64(quantity), is_after = 0)) AS pieces_before, toString(sumIf(toInt64(quantity), is_after = 1)) AS pieces_after,
    toString(sumIf(toDecimal128(amount, 2), is_after = 0)) AS gmv_before, toString(sumIf(toDecimal128(amount, 2), is_after = 1)) AS gmv_after,
    toString(sumIf(toDecimal128(refund_amount, 2), is_after = 0)) AS refund_before, toString(sumIf(toDecimal128(refund_amount, 2), is_after = 1)) AS refund_after
FROM
(
    SELECT
        line.*,
        if(line.is_after = 1,
            belt_on(after.from_days, after.to_days, after.belt_nos, line.placed_day),
            belt_on(before.from_days, before.to_days, before.belt_nos, line.placed_day)) AS belt_no
    FROM
    (
        {{lines}}
    ) AS line
    LEFT ANY JOIN load__members AS after ON line.merchant_id = after.merchant_id
    LEFT ANY JOIN load__members_before AS before ON line.merchant_id = before.merchant_id
) AS placed
LEFT ANY JOIN load__known_belts AS belts ON placed.belt_no = belts.belt_no
GROUP BY belt_id, combination
ORDER BY belt_id, combination
