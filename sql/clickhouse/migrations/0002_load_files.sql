-- Files of a batch. Grain: batch × file. skipped = 1: the same bytes (sha256), under the same mapping and lookups, had
-- been loaded by an earlier committed batch, so nothing was read from it. rows: records without the header.
CREATE TABLE load_files {{on_cluster}}
(
    batch_id    UInt64,
    file_no     UInt16,
    source      LowCardinality(String),
    table_name  LowCardinality(String),
    role        LowCardinality(String),
    name        String,
    bytes       UInt64,
    sha256      FixedString(64),
    fingerprint FixedString(64) COMMENT 'sha256 of the mapping and of the lookups that the file was read under',
    rows        UInt64,
    skipped     Bool
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (batch_id, file_no)
