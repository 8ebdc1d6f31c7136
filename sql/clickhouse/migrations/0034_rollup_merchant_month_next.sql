-- Takes the place of rollup_merchant_month (0012), with the legal owner of each merchant, and room for sixteen tracks.
-- owner_id: the owner that the lookup of the load gave, a merchant without one being its own. Whatever versions a question reads,
-- a merchant has one owner in all its months: see create-moved-months.
CREATE TABLE rollup_merchant_month_next {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    merchant_id  String,
    owner_id     String DEFAULT merchant_id,
    combination  UInt16,
    lines        UInt64,
    orders       UInt64,
    pieces       UInt64,
    gmv          Decimal(38, 2),
    refund       Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, merchant_id, combination)
