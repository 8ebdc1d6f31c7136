-- Counted lines by SKU and month, for price indices. Grain: belt × merchant × SKU × month × data version (a merchant that
-- moved within the month has rows in both belts; ids of SKUs may repeat between merchants). Read with the vintage rule of
-- data_versions. belt_id '' = merchants without a belt. gmv = paid amounts before refunds, in the source's currency.
CREATE TABLE rollup_sku_month {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    data_version UInt64,
    merchant_id  String,
    sku_id       String,
    lines        UInt64,
    pieces       UInt64,
    gmv          Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, belt_id, month, data_version, merchant_id, sku_id)
