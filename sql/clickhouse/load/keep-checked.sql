-- Every checked row is staged, a bad one into a partition of its own (see stage-lines); but for those that are left out.
CREATE MATERIALIZED VIEW load__keep_checked TO load__staged AS
SELECT * EXCEPT (read_quantity, read_amount, faults, ignored_because) FROM load__checked WHERE ignored_because = ''
