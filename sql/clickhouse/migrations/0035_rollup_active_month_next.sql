-- Takes the place of rollup_active_month (0017), with room for sixteen tracks. The type of a column that rows are sorted by
-- cannot be changed where it is.
CREATE TABLE rollup_active_month_next {{on_cluster}}
(
    source       LowCardinality(String),
    unit         LowCardinality(String),
    level        LowCardinality(String),
    belt_id      LowCardinality(String),
    track_bit    UInt16,
    month        Date,
    data_version UInt64,
    active       AggregateFunction(groupBitmap, UInt32)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, unit, level, track_bit, belt_id, month, data_version)
SETTINGS index_granularity = 512
