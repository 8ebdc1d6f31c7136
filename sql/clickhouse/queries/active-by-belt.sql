-- Question: how many distinct merchants, or buyers, of each belt were active on one track over the whole months of a period
-- and of its baseline?
-- Grain: level × belt: each belt ('' = merchants without a belt) and, for who may see everything, the nation (also '').
-- unit: 'merchant' or 'buyer'. A unit of several belts counts in each, and once in the nation. track_bit 0 = any track.
-- Null: never; no row = nobody on either side.
WITH {{effective-versions}}
SELECT
    level, belt_id,
    groupBitmapMergeIf(active, month IN {months:Array(Date)})          AS units,
    groupBitmapMergeIf(active, month IN {baseline_months:Array(Date)}) AS baseline_units
FROM rollup_active_month
PREWHERE {{visible-rollups}} AND unit = {unit:String} AND track_bit = {track_bit:UInt16}
  AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
  AND (month, data_version) IN effective_versions
GROUP BY level, belt_id
ORDER BY level, belt_id
