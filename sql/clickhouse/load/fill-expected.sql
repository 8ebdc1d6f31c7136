-- What a batch changes in the number of counted lines in force: those that it brings, without those that it replaces or withdraws, or
-- that lose within it. Grain: one row.
INSERT INTO load__expected
SELECT
    toInt64((SELECT countIf(is_counted) FROM load__staged WHERE source = {source:String}))
    - toInt64((SELECT countIf(is_counted AND (is_superseded OR is_replaced)) FROM load__candidates))
    - toInt64((SELECT countIf(is_counted AND NOT is_withheld) FROM load__withdrawn))
