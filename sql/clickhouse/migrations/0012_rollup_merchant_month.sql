-- Counted lines by merchant and month. Grain: merchant × belt × month × combination × data version (a merchant that moved
-- within the month has rows in both belts). Read with the vintage rule of data_versions.
-- orders: distinct orders of the merchant, under the order's own combination (OR of its lines); the rest by the line's.
-- A merchant is active in a track when a row with lines > 0 has the track's bit.
CREATE TABLE rollup_merchant_month {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    merchant_id  String,
    combination  UInt8,
    lines        UInt64,
    orders       UInt64,
    pieces       UInt64,
    gmv          Decimal(38, 2),
    refund       Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, merchant_id, combination)
