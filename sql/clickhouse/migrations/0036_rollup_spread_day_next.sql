-- Takes the place of rollup_spread_day (0019), with room for sixteen tracks.
CREATE TABLE rollup_spread_day_next {{on_cluster}}
(
    source       LowCardinality(String),
    unit         LowCardinality(String),
    month        Date,
    data_version UInt64,
    belt_id      LowCardinality(String),
    day          Date,
    unit_no      UInt32,
    combination  UInt16
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, unit, month, data_version, belt_id, day, unit_no)
