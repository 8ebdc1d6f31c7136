-- Takes the place of rollup_belt_month (0011), with room for sixteen tracks. The type of a column that rows are sorted by
-- cannot be changed where it is.
CREATE TABLE rollup_belt_month_next {{on_cluster}}
(
    source       LowCardinality(String),
    level        LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    combination  UInt16,
    data_version UInt64,
    lines        UInt64,
    orders       UInt64,
    merchants    UInt64,
    buyers       UInt64,
    pieces       UInt64,
    gmv          Decimal(38, 2),
    refund       Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, level, belt_id, month, data_version, combination)
