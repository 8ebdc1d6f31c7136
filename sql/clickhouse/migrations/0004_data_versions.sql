-- The commit point. One row publishes a batch: from then on readers see its months. Grain: data version (= batch_id of
-- the batch that made it). Figures of a month at version V are the rollup rows written under the greatest version ≤ V
-- whose months contain it; rollup rows of versions that are not in this table are invisible.
CREATE TABLE data_versions {{on_cluster}}
(
    data_version UInt64,
    source       LowCardinality(String),
    published_at DateTime64(3, 'UTC'),
    months       Array(Date),
    data_through Date COMMENT 'last business day with an order line, over the whole source'
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (data_version)
