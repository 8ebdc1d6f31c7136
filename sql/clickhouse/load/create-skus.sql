-- Numbers for the SKUs of some touched months: numbers group faster than text, and exactly. Grain: id of a SKU ('' = the source does not tell it).
CREATE OR REPLACE TABLE load__skus (sku_id String, sku_no UInt32) ENGINE = Memory AS
SELECT sku_id, toUInt32(rowNumberInAllBlocks()) AS sku_no
FROM
(
    SELECT DISTINCT sku_id
    FROM {{published}}.order_lines
    WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)} AND is_counted
)
