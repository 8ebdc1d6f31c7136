-- Question: how many distinct merchants, or buyers, were active in an area on each track over the whole months of a period
-- and of its baseline?
-- Grain: track of track_bits (0 = any). unit: 'merchant' or 'buyer'. area_everything 1 = the nation, else the union of
-- area_belts; a unit of several belts or months counts once. An area is seen only where all of its belts may be.
-- Null: never; a track without a row had nobody on either side.
WITH {{effective-versions}}
SELECT
    track_bit,
    groupBitmapMergeIf(active, month IN {months:Array(Date)})          AS units,
    groupBitmapMergeIf(active, month IN {baseline_months:Array(Date)}) AS baseline_units
FROM rollup_active_month
PREWHERE {{area-rollups}} AND unit = {unit:String}
  AND track_bit IN {track_bits:Array(UInt16)}
  AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
  AND (month, data_version) IN effective_versions
GROUP BY track_bit
ORDER BY track_bit
