-- Who was active, as sets of the numbers of unit_numbers: distinct merchants or buyers of any belts over any months are the
-- cardinality of the union (groupBitmapMerge), exactly. Grain: unit × level × belt × track × month × data version.
-- Read with the vintage rule of data_versions. unit: 'merchant' or 'buyer'. level: 'belt' (belt_id '' = merchants without
-- a belt) or 'nation' (belt_id ''): the union over all belts, kept because merging it takes ten times as long as reading it.
-- track_bit: 0 = any counted line, else a bit of combination: units with a counted line that has it.
CREATE TABLE rollup_active_month {{on_cluster}}
(
    source       LowCardinality(String),
    unit         LowCardinality(String),
    level        LowCardinality(String),
    belt_id      LowCardinality(String),
    track_bit    UInt8,
    month        Date,
    data_version UInt64,
    active       AggregateFunction(groupBitmap, UInt32)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, unit, level, track_bit, belt_id, month, data_version)
SETTINGS index_granularity = 512
