-- Lines in force that a full export no longer holds: of the months that the batch brings lines of, and not among its keys; or of the months
-- that it replaces, {first:UInt32} to {last:UInt32} (YYYYMM; 0 = it replaces none).
-- Grain: line. With {full:Bool} false, none: a source that exports changes says nothing of the lines it leaves out.
-- A record that was rejected is in the export all the same, so no line of its order is gone. is_withheld: one was rejected
-- whose order cannot be told (it could not be taken apart, or what is wrong is its number: missing, rounded, with a byte order mark),
-- so it may be any line that seems gone.
CREATE TABLE load__withdrawn ENGINE = MergeTree ORDER BY month AS
SELECT
    merchant_id, order_id, line_no, placed_day, toYYYYMM(placed_day) AS month, version, is_counted,
    (SELECT count() FROM load__rejects WHERE role = 'facts')
        > (SELECT countIf(NOT arrayExists(fault -> fault.field = 'order_id', faults)) FROM load__faulty) AS is_withheld
FROM {{published}}.order_lines FINAL
WHERE {full:Bool} AND source = {source:String} AND is_deleted = 0
    AND if({first:UInt32} > 0,
        toYYYYMM(placed_day) BETWEEN {first:UInt32} AND {last:UInt32},
        toYYYYMM(placed_day) IN (SELECT DISTINCT toYYYYMM(placed_day) FROM load__staged WHERE source = {source:String}))
    AND (order_id, line_no) NOT IN (SELECT order_id, line_no FROM load__staged WHERE source = {source:String})
    AND order_id NOT IN (SELECT order_id FROM load__staged WHERE source = '')
