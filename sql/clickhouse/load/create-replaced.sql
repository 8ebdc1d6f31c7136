-- Lines that the batch takes out of force, as they stand: those that it replaces and those that it withdraws. Grain: line.
CREATE TABLE load__replaced ENGINE = MergeTree ORDER BY (merchant_id, order_id, line_no) AS
WITH leaving AS
(
    SELECT merchant_id, order_id, line_no, month FROM load__candidates WHERE is_replaced
    UNION ALL
    SELECT merchant_id, order_id, line_no, month FROM load__withdrawn WHERE NOT is_withheld
)
SELECT *
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND is_deleted = 0
    AND toYYYYMM(placed_day) IN (SELECT month FROM leaving)
    AND (merchant_id, order_id, line_no, toYYYYMM(placed_day)) IN (SELECT merchant_id, order_id, line_no, month FROM leaving)
