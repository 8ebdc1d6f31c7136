-- Question: how many distinct merchants, or buyers, were active in an area in each month, on each asked track?
-- Grain: track_bit × month. unit: 'merchant' or 'buyer'. area_everything 1 = the nation, else the union of area_belts.
-- An area is seen only where all of its belts may be. Null: never; no row = nobody, or a month that was never loaded.
WITH {{effective-versions}}
SELECT track_bit, month AS bucket, groupBitmapMerge(active) AS units
FROM rollup_active_month
PREWHERE {{area-rollups}} AND unit = {unit:String} AND track_bit IN {track_bits:Array(UInt16)}
  AND month BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY track_bit, bucket
ORDER BY track_bit, bucket
