-- Counted lines by belt and day. Grain: level × belt × day × combination × data version.
-- Read with the vintage rule of data_versions: (month, data_version) of the greatest version ≤ V.
-- level: 'belt' (belt_id '' = merchants without a belt) or 'nation' (belt_id ''): all belts together, each unit once.
-- A unit is counted under its *own* combination, the OR of the combinations of its lines in the bucket: lines, pieces, gmv,
-- refund by the line's; orders by the order's; merchants by the merchant's; buyers by the buyer's. So sums over all
-- combinations count each unit once, and sums over the combinations with a track's bit count the units in that track.
-- gmv = paid amounts before refunds, refund = refunds of those lines, in the source's currency.
CREATE TABLE rollup_belt_day {{on_cluster}}
(
    source       LowCardinality(String),
    level        LowCardinality(String),
    belt_id      LowCardinality(String),
    month        Date,
    day          Date,
    combination  UInt8,
    data_version UInt64,
    lines        UInt64,
    orders       UInt64,
    merchants    UInt64,
    buyers       UInt64,
    pieces       UInt64,
    gmv          Decimal(38, 2),
    refund       Decimal(38, 2)
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, level, belt_id, month, data_version, day, combination)
