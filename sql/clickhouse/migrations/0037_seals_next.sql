-- Takes the place of seals (0027): the rows of rollup_merchant_month have one column more.
CREATE TABLE seals_next {{on_cluster}}
(
    source       LowCardinality(String),
    data_version UInt64,
    sealed       LowCardinality(String),
    month        Date,
    rows         UInt64,
    checksum     UInt64
)
ENGINE = {{replicated}}MergeTree
ORDER BY (source, data_version, sealed, month)
