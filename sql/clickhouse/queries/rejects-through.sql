-- Question: which rules rejected rows in the committed loads of a source that are in force as of a data version, and how many?
-- Grain: rule × field, the most frequent first. A row that broke two rules counts under both. Only for a scope of everything. Null: never.
SELECT fault.rule AS rule_name, fault.field AS field_name, count() AS row_count
FROM quarantine FINAL
ARRAY JOIN arrayDistinct(arrayMap(f -> (f.rule, f.field)::Tuple(rule String, field String), faults)) AS fault
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
  AND batch_id IN (SELECT data_version FROM data_versions WHERE source = {scope_source:String} AND {{versions-in-force}})
GROUP BY rule_name, field_name
ORDER BY row_count DESC, rule_name, field_name
