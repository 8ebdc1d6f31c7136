-- The facts. Grain: one SKU in one order (order line); the row in force of a line is the one with the greatest version
-- (read with FINAL). version = updated_at in ms × 2^20 + 20 bits of the row's content hash: the newest update wins whatever
-- the order of loading, and two different rows of the same instant are ordered by content, not by chance.
-- is_deleted = 1: tombstone of a line whose corrected record moved it to another month or merchant.
-- placed_day is in the source's business time zone; times are UTC; amount and refund_amount in `currency`.
-- combination: bitmask of tracks, 1 distribution, 2 cross-border, 4 custom, 8 factory brand, 16 offline, 32 overseas local
-- users (always with 2), and 64 classic wholesale = in none of the five: so no line is without a bit, and a unit that has
-- such lines beside others (a merchant who also sells by distribution) counts in both. is_counted: the line is paid and not cancelled, so it counts.
-- Partitioned by what places a line in a month; sorted by merchant so that a merchant's lines stay together (shard key).
CREATE TABLE order_lines {{on_cluster}}
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
    combination         UInt8,
    is_counted          Bool,
    warnings            Array(LowCardinality(String)),
    batch_id            UInt64,
    file_no             UInt16,
    file_line           UInt64,
    version             UInt64,
    is_deleted          UInt8
)
ENGINE = {{replicated}}ReplacingMergeTree(version, is_deleted)
PARTITION BY (source, toYYYYMM(placed_day))
ORDER BY (source, merchant_id, order_id, line_no)
