-- Question: how many rows did a batch reject, for any rule or for one?
-- Grain: one row. rule '' = any. Only for a scope of everything: a rejected row has no belt. Null: never.
SELECT count() AS row_count
FROM quarantine FINAL
WHERE batch_id = {batch_id:UInt64} AND source = {scope_source:String} AND {scope_everything:UInt8} = 1
  AND ({rule:String} = '' OR arrayExists(fault -> fault.rule = {rule:String}, faults))
