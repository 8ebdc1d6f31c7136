-- Lines that a batch took out of force: replaced by newer records, moved, or withdrawn. As they stood in order_lines, where the engine
-- drops them when it likes; so that what was can be put in force again. Grain: row of order_lines that was in force × batch that ended that.
-- A line was in force just before a batch where it was written before that batch, and is in force still or was replaced by it or a later one.
CREATE TABLE replaced_lines {{on_cluster}}
(
    source              LowCardinality(String),
    merchant_id         String,
    order_id            String,
    line_no             UInt32,
    placed_day          Date,
    placed_at           DateTime('UTC'),
    paid_at             Nullable(DateTime('UTC')),
    dispatched_at       Nullable(DateTime('UTC')),
    delivered_at        Nullable(DateTime('UTC')),
    updated_at          DateTime64(3, 'UTC'),
    status              LowCardinality(String),
    buyer_id            String,
    buyer_type          LowCardinality(String),
    buyer_country       LowCardinality(String),
    destination_country LowCardinality(String),
    sales_mode          LowCardinality(String),
    channel             LowCardinality(String),
    sku_id              String,
    sku_listed_on       Nullable(Date),
    category            LowCardinality(String),
    quantity            UInt32,
    amount              Decimal(18, 2),
    refund_amount       Decimal(18, 2),
    currency            LowCardinality(String),
    is_custom           Bool,
    is_factory_brand    Bool,
    combination         UInt16,
    is_counted          Bool,
    oddities            UInt16,
    batch_id            UInt64,
    file_no             UInt16,
    file_line           UInt64,
    version             UInt64,
    is_deleted          UInt8,
    written_by          UInt64,
    replaced_by         UInt64
)
ENGINE = {{replicated}}MergeTree
PARTITION BY source
ORDER BY (source, replaced_by, merchant_id, order_id, line_no)
