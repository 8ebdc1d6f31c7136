-- Question: how many distinct buyers of each belt were active on one track over the whole months of a period and of its
-- baseline?
-- Grain: belt; belt_id '' = merchants without a belt. A buyer of several belts counts in each. The track is a mask over
-- the OR of the bits of all lines of the buyer in the belt and period, and their value: mask 0 = everybody; bits = mask =
-- whoever has a line in the track; bits 0 = whoever has none in any track of the mask, that is everybody less those.
-- Null: never; a belt without a row had nobody on either side.
WITH in_force AS
(
    SELECT month, max(data_version) AS newest
    FROM data_versions
    ARRAY JOIN months AS month
    WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
    GROUP BY month
)
SELECT
    belt_id,
    multiIf(
        {track_mask:UInt8} = 0, period_all,
        {track_bits:UInt8} = 0, period_all - period_in_mask,
        period_in_mask
    ) AS buyers,
    multiIf(
        {track_mask:UInt8} = 0, baseline_all,
        {track_bits:UInt8} = 0, baseline_all - baseline_in_mask,
        baseline_in_mask
    ) AS baseline_buyers
FROM
(
    SELECT
        belt_id,
        -- Who is not needed for the track is not counted: the sets are what costs.
        uniqExactIf(buyer_id, in_period AND {track_bits:UInt8} = 0)       AS period_all,
        uniqExactIf(buyer_id, in_baseline AND {track_bits:UInt8} = 0)     AS baseline_all,
        uniqExactIf(buyer_id, in_period AND in_mask)                      AS period_in_mask,
        uniqExactIf(buyer_id, in_baseline AND in_mask)                    AS baseline_in_mask
    FROM
    (
        SELECT
            belt_id,
            buyer_id,
            month IN {months:Array(Date)}                AS in_period,
            month IN {baseline_months:Array(Date)}       AS in_baseline,
            bitAnd(combination, {track_mask:UInt8}) != 0 AS in_mask
        FROM rollup_buyer_month
        WHERE source = {scope_source:String}
          AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
          AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
          AND (month, data_version) IN in_force
    )
    GROUP BY belt_id
)
ORDER BY belt_id
