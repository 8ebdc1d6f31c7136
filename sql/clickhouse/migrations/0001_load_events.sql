-- Journal of loads: one row an event of a batch, each with the whole state of the batch at that moment, so that the
-- newest event (highest event_no) of a batch is its state. Append-only: a kill between two events loses nothing.
-- Grain: batch × event. read_* = loaded_* + superseded_* + rejected_* once state is committed.
-- replaced_lines: lines in force before that this batch's newer lines replaced (information, not in the balance).
CREATE TABLE load_events {{on_cluster}}
(
    batch_id            UInt64,
    event_no            UInt32,
    at                  DateTime64(3, 'UTC'),
    source              LowCardinality(String),
    state               LowCardinality(String),
    started_at          DateTime64(3, 'UTC'),
    finished_at         Nullable(DateTime64(3, 'UTC')),
    fingerprint         String,
    message             String,
    months              Array(Date),
    read_lines          UInt64,
    loaded_lines        UInt64,
    superseded_lines    UInt64,
    rejected_lines      UInt64,
    replaced_lines      UInt64,
    read_quantity       Int64,
    loaded_quantity     Int64,
    superseded_quantity Int64,
    rejected_quantity   Int64,
    read_amount         Decimal(38, 2),
    loaded_amount       Decimal(38, 2),
    superseded_amount   Decimal(38, 2),
    rejected_amount     Decimal(38, 2),
    warnings            Map(LowCardinality(String), UInt64)
)
ENGINE = {{replicated}}MergeTree
ORDER BY (batch_id, event_no)
