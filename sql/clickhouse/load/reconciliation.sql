-- What became of the rows that were read? Grain: one row. Sums over good rows of the batch and the rejected ones.
-- merchants, memberships, belts: rows that the mapping gives of each, and how many of them are rejected.
SELECT
    (SELECT count() FROM load__staged WHERE source = {source:String}) - superseded_lines AS loaded_lines,
    (SELECT sum(toInt64(quantity)) FROM load__staged WHERE source = {source:String}) - superseded_quantity AS loaded_quantity,
    toString((SELECT sum(toDecimal128(amount, 2)) FROM load__staged WHERE source = {source:String}) - superseded_money) AS loaded_amount,
    (SELECT count() FROM load__candidates WHERE is_superseded) AS superseded_lines,
    (SELECT sum(toInt64(quantity)) FROM load__candidates WHERE is_superseded) AS superseded_quantity,
    (SELECT sum(toDecimal128(amount, 2)) FROM load__candidates WHERE is_superseded) AS superseded_money,
    toString(superseded_money) AS superseded_amount,
    (SELECT count() FROM load__rejects WHERE role = 'facts') AS rejected_lines,
    (SELECT sum(quantity) FROM load__rejects WHERE role = 'facts') AS rejected_quantity,
    toString((SELECT sum(amount) FROM load__rejects WHERE role = 'facts')) AS rejected_amount,
    (SELECT sum(lines) FROM load__ignored) AS ignored_lines,
    (SELECT sum(quantity) FROM load__ignored) AS ignored_quantity,
    toString((SELECT sum(amount) FROM load__ignored)) AS ignored_amount,
    (SELECT count() FROM load__candidates WHERE is_replaced) AS replaced_lines,
    (SELECT (count(), countIf(notEmpty(faults))) FROM load__merchants_checked) AS merchants,
    (SELECT (count(), countIf(notEmpty(faults))) FROM load__memberships_checked) AS memberships,
    (SELECT (count(), countIf(notEmpty(faults))) FROM load__belts_checked) AS belts
