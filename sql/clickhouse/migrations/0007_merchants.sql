-- Merchants as of a data version. Grain: source × merchant × data version; the newest row ≤ V of a merchant holds.
-- owner_id: the legal owner, the unit that disclosure rules count. size: micro, small, medium, large or '' (unknown).
CREATE TABLE merchants {{on_cluster}}
(
    source              LowCardinality(String),
    merchant_id         String,
    data_version        UInt64,
    name                String,
    owner_id            String,
    size                LowCardinality(String),
    is_factory          Nullable(Bool),
    founded_on          Nullable(Date32),
    takeover_on         Nullable(Date32) COMMENT 'day on which the second generation took over',
    successor_born      Nullable(UInt16),
    successor_education LowCardinality(String),
    tags                Array(LowCardinality(String))
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (source, merchant_id, data_version)
