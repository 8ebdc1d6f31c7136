-- The same for the nation: the union over the belts.
INSERT INTO {{published}}.rollup_active_month (source, unit, level, belt_id, track_bit, month, data_version, active)
SELECT {source:String}, {unit:String}, 'nation', '', track_bit, month, {batch_id:UInt64}, groupBitmapMergeState(active)
FROM {{published}}.rollup_active_month
WHERE source = {source:String} AND unit = {unit:String} AND level = 'belt' AND data_version = {batch_id:UInt64}
    AND month IN (SELECT at FROM {{months}})
GROUP BY track_bit, month
