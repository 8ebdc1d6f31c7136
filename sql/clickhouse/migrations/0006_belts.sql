-- Industrial belts as of a data version. Grain: source × belt × data version; the newest row ≤ V of a belt holds.
-- category_*: the cluster's goods. longitude/latitude: centre in degrees, null where not given.
CREATE TABLE belts {{on_cluster}}
(
    source       LowCardinality(String),
    belt_id      String,
    data_version UInt64,
    name_zh      String,
    name_en      String,
    province     LowCardinality(String),
    city         String,
    county       String,
    adcode       String,
    category_zh  String,
    category_en  String,
    longitude    Nullable(Float64),
    latitude     Nullable(Float64)
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (source, belt_id, data_version)
