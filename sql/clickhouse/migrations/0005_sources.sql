-- What a source declares of itself (source.yaml) as of a data version. Grain: source × data version; newest ≤ V holds.
CREATE TABLE sources {{on_cluster}}
(
    source             LowCardinality(String),
    data_version       UInt64,
    name_zh            String,
    name_en            String,
    currency           FixedString(3),
    time_zone          String COMMENT 'business time zone in which days and months are cut',
    home_country       FixedString(2)
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (source, data_version)
