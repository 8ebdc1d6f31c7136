-- Question: which merchants, or buyers, of areas of one level, or of the nation, were active on one track in each month?
-- Grain: area × month, in that order. belt_ids, area_nos: which belt is in which area, numbered from 1; area_no 0: the nation, where
-- with_nation is 1. unit: 'merchant' or 'buyer'. track_bit 0 = any track. month_no: months since year 0. units: their numbers, each
-- once. Null: never; no row = nobody, or a month that was never loaded.
WITH {{effective-versions}}
SELECT
    if(level = 'nation', 0, transform(belt_id, {belt_ids:Array(String)}, {area_nos:Array(UInt32)}, 0)) AS area_no,
    toUInt32(toYear(month) * 12 + toMonth(month) - 1) AS month_no,
    bitmapToArray(groupBitmapMergeState(active))      AS units
FROM rollup_active_month
PREWHERE {{visible-rollups}} AND unit = {unit:String} AND track_bit = {track_bit:UInt16}
  AND if(level = 'nation', {with_nation:UInt8} = 1, belt_id IN {belt_ids:Array(String)})
  AND (month, data_version) IN effective_versions
GROUP BY area_no, month
ORDER BY area_no, month
