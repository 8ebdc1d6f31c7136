-- The buyers of some touched months, of those that the source tells ('' = it does not). Grain: id of a buyer.
CREATE OR REPLACE TABLE load__buyers ENGINE = Memory AS
SELECT DISTINCT buyer_id
FROM {{published}}.order_lines
WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)} AND is_counted AND buyer_id != ''
