-- Which belt a merchant belongs to, over time. Grain: source × merchant × valid_from × data version. The memberships of a
-- merchant at V are all rows of the greatest data_version ≤ V in which the merchant occurs. Half-open [valid_from, valid_to).
CREATE TABLE memberships {{on_cluster}}
(
    source       LowCardinality(String),
    merchant_id  String,
    data_version UInt64,
    valid_from   Date32,
    valid_to     Date32 COMMENT '2299-12-31 = open',
    belt_id      String
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (source, merchant_id, data_version, valid_from)
