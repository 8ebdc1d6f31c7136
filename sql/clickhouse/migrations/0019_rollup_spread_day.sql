-- Orders and buyers of several belts: what sums over the belts of an area count too often. Grain: unit × day × belt × data
-- version; combination: the OR over the unit's counted lines there. Read with the vintage rule of data_versions.
-- unit 'order': orders with lines in several belts in the month; 'buyer': buyers of several belts on the day (over months,
-- rollup_active_month tells). Merchants are in one belt a day. Lines without a belt are in no area, so they are not here.
-- unit_no: a number that is the unit's own within its month and data version.
CREATE TABLE rollup_spread_day {{on_cluster}}
(
    source       LowCardinality(String),
    unit         LowCardinality(String),
    month        Date,
    data_version UInt64,
    belt_id      LowCardinality(String),
    day          Date,
    unit_no      UInt32,
    combination  UInt8
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYear(month)
ORDER BY (source, unit, month, data_version, belt_id, day, unit_no)
