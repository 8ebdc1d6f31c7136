-- Rows that a batch rejected, with where they stood and each rule they broke. Grain: batch × file × line.
-- line: 1-based physical line of the file at which the record starts (Parquet: row number). raw: the record's own text.
CREATE TABLE quarantine {{on_cluster}}
(
    batch_id UInt64,
    source   LowCardinality(String),
    file_no  UInt16,
    line     UInt64,
    raw      String,
    faults   Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)),
    quantity Int64 COMMENT '0 where it is no number',
    amount   Decimal(38, 2) COMMENT '0 where it is no amount'
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (batch_id, file_no, line)
