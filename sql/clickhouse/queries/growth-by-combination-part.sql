-- Question: what was sold on the covered days of the part months of a period and of its baseline, by exclusive combination of
-- tracks? A query of its own, because most periods have none and planning it takes as long as the rest.
-- Grain: combination (bits of rollup_belt_month). area_everything 1 = the nation, each order once; else the sum over area_belts.
-- Null: never; a combination without a row sold nothing on either side.
WITH {{in-force}}
SELECT
    combination,
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
        combination, orders, pieces, gmv, refund,
        month IN {part_months:Array(Date)} AND day BETWEEN {first_day:Date} AND {last_day:Date} AS in_period,
        month IN {baseline_part_months:Array(Date)} AND day BETWEEN {baseline_first_day:Date} AND {baseline_last_day:Date} AS in_baseline
    FROM rollup_belt_day
    WHERE source = {scope_source:String}
      AND level = if({area_everything:UInt8} = 1, 'nation', 'belt')
      AND ({area_everything:UInt8} = 1 OR belt_id IN {area_belts:Array(String)})
      AND ({scope_everything:UInt8} = 1 OR (level = 'belt' AND hasAll({scope_belts:Array(String)}, {area_belts:Array(String)})))
      AND (month IN {part_months:Array(Date)} OR month IN {baseline_part_months:Array(Date)})
      AND (month, data_version) IN in_force
) AS cell
WHERE in_period OR in_baseline
GROUP BY combination
ORDER BY combination
