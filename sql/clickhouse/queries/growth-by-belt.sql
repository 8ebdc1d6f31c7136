-- Question: what did each belt sell on one track in the whole months of a period and of its baseline?
-- Grain: belt; belt_id '' = merchants without a belt. track_bit 0 = any track.
-- Null: never; a belt without a row sold nothing on either side.
WITH {{in-force}}
SELECT
    belt_id,
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
        belt_id, orders, pieces, gmv, refund,
        month IN {months:Array(Date)}          AS in_period,
        month IN {baseline_months:Array(Date)} AS in_baseline
    FROM rollup_belt_month
    WHERE source = {scope_source:String}
      AND level = 'belt'
      AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
      AND ({track_bit:UInt8} = 0 OR bitAnd(combination, {track_bit:UInt8}) != 0)
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
      AND (month, data_version) IN in_force
) AS cell
GROUP BY belt_id
ORDER BY belt_id
