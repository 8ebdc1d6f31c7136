-- What was sold to buyers that the source does not tell: how much of the value a count of buyers does not cover. Grain: belt × month ×
-- combination × data version; no row where every buyer is known. Read with the vintage rule of data_versions. belt_id '' = merchants without
-- a belt. A line without a buyer counts in everything but what counts buyers: it has no number in unit_numbers, and is in no set of them.
CREATE TABLE rollup_unknown_buyer_month {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    combination  UInt16,
    lines        UInt64,
    gmv          Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, combination)
