-- Who was active in each belt and month, on any track and on each, as bitmaps. A bitmap that is built of sorted numbers
-- takes a tenth of the time of one that numbers are put into as they come (measured).
INSERT INTO {{published}}.rollup_active_month (source, unit, level, belt_id, track_bit, month, data_version, active)
SELECT {source:String}, {unit:String}, 'belt', belts.belt_id, sets.track_bit, sets.at, {batch_id:UInt64}, sets.active
FROM
(
    SELECT belt_no, at, track_bit, bitmapBuild(arraySort(groupArray(no))) AS active
    FROM {{months}}_by_belt
    ARRAY JOIN arrayConcat([toUInt16(0)], bitmaskToArray(own)) AS track_bit
    GROUP BY belt_no, at, track_bit
) AS sets
LEFT ANY JOIN load__known_belts AS belts ON sets.belt_no = belts.belt_no
