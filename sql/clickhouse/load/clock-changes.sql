-- When do the clocks of a time zone change, 2000 to 2105? Grain: change. From the engine's own time zone data and not the
-- program's, because it is the engine that converts. local_from, local_to: local times, written as if they were UTC, that
-- the change skips or repeats; offset_before: seconds east of Greenwich until then. Hours first, then the minute within.
-- is_sound: whether the engine's offset is that of its own local time; of zones that went over the date line it is a day off.
SELECT
    toString(toDateTime(at + least(offset_before, offset_after), 'UTC')) AS local_from,
    toString(toDateTime(at + greatest(offset_before, offset_after), 'UTC')) AS local_to,
    toInt32(offset_before) AS offset_before,
    formatDateTime(toDateTime(minute, {time_zone:String}), '%F %T') = formatDateTime(toDateTime(minute + offset_before, 'UTC'), '%F %T') AS is_sound
FROM
(
    SELECT
        arrayJoin(arrayMap(m -> hour + 60 * m, range(60))) AS minute,
        minute + 60 AS at,
        timezoneOffset(toDateTime(minute, {time_zone:String})) AS offset_before,
        timezoneOffset(toDateTime(at, {time_zone:String})) AS offset_after
    FROM
    (
        SELECT toUInt32(946684800 + 3600 * number) AS hour
        FROM numbers(918000)
        WHERE timezoneOffset(toDateTime(hour, {time_zone:String})) != timezoneOffset(toDateTime(hour + 3600, {time_zone:String}))
    )
)
WHERE offset_before != offset_after
ORDER BY at
