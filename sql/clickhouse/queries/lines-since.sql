-- Question: how many lines of some days were brought, corrected or withdrawn by loads after a data version?
-- Grain: one row. Asked after lines in force were read: 0 says that what was read is the version's, for what an undo brings back is written again.
-- Of the whole source, for who may see all of it. Null: never.
SELECT count() AS row_count
FROM order_lines
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
  AND placed_day >= {from:Date} AND placed_day < addMonths({to:Date}, 1) AND written_by > {data_version:UInt64}
