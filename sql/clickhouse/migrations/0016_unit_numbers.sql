-- The number of each merchant and buyer, so that sets of them can be kept as bitmaps. Grain: source × unit × id. Given once,
-- by the load that first sees the unit (data_version), from 1 upwards; rows of a load that is not committed are deleted
-- before another one numbers. unit: 'merchant' or 'buyer'.
CREATE TABLE unit_numbers {{on_cluster}}
(
    source       LowCardinality(String),
    unit         LowCardinality(String),
    unit_id      String,
    unit_no      UInt32,
    data_version UInt64
)
ENGINE = {{replicated}}MergeTree
ORDER BY (source, unit, unit_id)
