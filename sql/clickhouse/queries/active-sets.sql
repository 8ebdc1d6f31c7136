-- Question: which merchants, or buyers, of each belt, and of the nation, were active on one track in each month?
-- Grain: level × belt × month, in that order, so that a reader has all months of a belt one after the other; belt '' = merchants
-- without a belt, and the nation. unit: 'merchant' or 'buyer'. track_bit 0 = any track. month_no: months since year 0. units: their
-- numbers. Null: never; no row = nobody, or a month that was never loaded.
WITH {{effective-versions}}
SELECT
    level, belt_id,
    toUInt32(toYear(month) * 12 + toMonth(month) - 1) AS month_no,
    bitmapToArray(active)                             AS units
FROM rollup_active_month
PREWHERE {{visible-rollups}} AND unit = {unit:String} AND track_bit = {track_bit:UInt16}
  AND (month, data_version) IN effective_versions
ORDER BY level, belt_id, month
