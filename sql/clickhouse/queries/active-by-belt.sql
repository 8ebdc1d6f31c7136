-- Question: how many distinct merchants, or buyers, of each belt were active on one track over the whole months of a period
-- and of its baseline?
-- Grain: belt; belt_id '' = merchants without a belt. unit: 'merchant' or 'buyer'. A unit of several belts counts in each.
-- track_bit 0 = any track. Null: never; a belt without a row had nobody on either side.
WITH {{in-force}}
SELECT
    belt_id,
    groupBitmapMergeIf(active, month IN {months:Array(Date)})          AS units,
    groupBitmapMergeIf(active, month IN {baseline_months:Array(Date)}) AS baseline_units
FROM rollup_active_month
PREWHERE source = {scope_source:String} AND unit = {unit:String} AND level = 'belt' AND track_bit = {track_bit:UInt8}
  AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
  AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
  AND (month, data_version) IN in_force
GROUP BY belt_id
ORDER BY belt_id
