-- Question: which files did a batch read or leave out?
-- Grain: file. Only for a scope of everything: a file has no belt. Null: never.
SELECT file_no, table_name, role, name, bytes, sha256, rows, skipped
FROM load_files FINAL
WHERE batch_id = {batch_id:UInt64} AND source = {scope_source:String} AND {scope_everything:UInt8} = 1
ORDER BY file_no
