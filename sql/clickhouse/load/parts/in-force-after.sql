-- Counted lines of the touched months: those in force now (is_after = 0), and those that would be after the batch (1). Said by who wins
-- each line, and not by the versions that are written for that, so that a preview and a load check each other. Grain: line × is_after.
SELECT 0 AS is_after, toYYYYMM(placed_day) AS month, placed_day, merchant_id, order_id, combination, quantity, amount, refund_amount
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)} AND is_counted
UNION ALL
SELECT 1, toYYYYMM(placed_day) AS month, placed_day, merchant_id, order_id, combination, quantity, amount, refund_amount
FROM {{published}}.order_lines FINAL
WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)} AND is_counted
    AND (merchant_id, order_id, line_no, month) NOT IN (SELECT merchant_id, order_id, line_no, month FROM load__candidates WHERE is_replaced)
    AND (merchant_id, order_id, line_no, month) NOT IN (SELECT merchant_id, order_id, line_no, month FROM load__withdrawn WHERE NOT is_withheld)
UNION ALL
SELECT 1, toYYYYMM(placed_day) AS month, placed_day, merchant_id, order_id, combination, quantity, amount, refund_amount
FROM load__staged
WHERE source = {source:String} AND is_counted
    AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_superseded)
