-- Question: what did each belt sell on one track in the whole months of a period and of its baseline?
-- Grain: level × belt: each belt ('' = merchants without a belt) and, for who may see everything, the nation (also ''), where
-- each order counts once. track_bit 0 = any track. Null: never; no row = nothing sold on either side.
WITH {{in-force}}
SELECT
    level, belt_id,
    sumIf(cell.orders, in_period)          AS orders,
    sumIf(cell.orders, in_baseline)        AS baseline_orders,
    sumIf(cell.pieces, in_period)          AS pieces,
    sumIf(cell.pieces, in_baseline)        AS baseline_pieces,
    sumIf(cell.gmv, in_period)             AS gmv,
    sumIf(cell.gmv, in_baseline)           AS baseline_gmv,
    sumIf(cell.gmv - cell.refund, in_period)    AS net_gmv,
    sumIf(cell.gmv - cell.refund, in_baseline)  AS baseline_net_gmv
FROM
(
    SELECT
        level, belt_id, orders, pieces, gmv, refund,
        month IN {months:Array(Date)}          AS in_period,
        month IN {baseline_months:Array(Date)} AS in_baseline
    FROM rollup_belt_month
    WHERE source = {scope_source:String}
      AND ({scope_everything:UInt8} = 1 OR (level = 'belt' AND belt_id IN {scope_belts:Array(String)}))
      AND ({track_bit:UInt8} = 0 OR bitAnd(combination, {track_bit:UInt8}) != 0)
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
      AND (month, data_version) IN in_force
) AS cell
GROUP BY level, belt_id
ORDER BY level, belt_id
