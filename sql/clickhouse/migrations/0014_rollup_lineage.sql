-- Where figures come from: lines in force by the batch that loaded them. Grain: belt × month × batch × data version.
-- Read with the vintage rule of data_versions. lines and gmv: counted lines only.
CREATE TABLE rollup_lineage {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    batch_id     UInt64,
    lines        UInt64,
    gmv          Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, batch_id)
