-- Lines in force that were not before a batch, {since:UInt64}, so that undoing it takes them out, as they stand. Grain: line.
-- {months:Array(UInt32)}: all in which anything has changed since.
CREATE TABLE load__replaced ENGINE = MergeTree ORDER BY (merchant_id, order_id, line_no) AS
SELECT *
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND is_deleted = 0 AND written_by >= {since:UInt64} AND toYYYYMM(placed_day) IN {months:Array(UInt32)}
