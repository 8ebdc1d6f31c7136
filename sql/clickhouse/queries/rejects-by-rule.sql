-- Question: which rules rejected rows of these batches, and how many?
-- Grain: batch × rule × field. A row that broke two rules counts under both. Only for a scope of everything.
-- Null: never; a batch without a row rejected nothing.
SELECT batch_id, fault.rule AS rule_name, fault.field AS field_name, count() AS row_count
FROM quarantine FINAL
ARRAY JOIN arrayDistinct(arrayMap(f -> (f.rule, f.field)::Tuple(rule String, field String), faults)) AS fault
WHERE batch_id IN {batch_ids:Array(UInt64)} AND source = {scope_source:String} AND {scope_everything:UInt8} = 1
GROUP BY batch_id, rule_name, field_name
ORDER BY batch_id, row_count DESC, rule_name, field_name
