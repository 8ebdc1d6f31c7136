-- Active buyers by belt and month, kept to count distinct buyers over several months exactly.
-- Grain: belt × month × buyer × combination × data version; combination: the OR over the buyer's counted lines in the
-- belt and month. Read with the vintage rule of data_versions.
CREATE TABLE rollup_buyer_month {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    buyer_id     String,
    combination  UInt8
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, buyer_id)
