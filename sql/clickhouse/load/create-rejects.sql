-- Rows of the batch's files that broke a rule. role: 'facts' counts in the balance of lines, 'lookup' does not.
CREATE TABLE load__rejects
(
    role     LowCardinality(String),
    file_no  UInt16,
    line     UInt64,
    raw      String,
    faults   Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)),
    quantity Int64,
    amount   Decimal(38, 2)
)
ENGINE = MergeTree
ORDER BY (file_no, line)
