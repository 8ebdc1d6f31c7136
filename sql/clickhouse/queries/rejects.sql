-- Question: which rows did a batch reject, and why?
-- Grain: file × line. rule '' = any. Keyset: rows after (after_file, after_line).
-- Raw text of orders: only for a scope of everything. Null: file_name, where the file's record is
-- missing.
SELECT file_no, names.name AS file_name, line, raw, faults
FROM
(
    SELECT file_no, line, raw, faults
    FROM quarantine FINAL
    WHERE batch_id = {batch_id:UInt64} AND source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND ({rule:String} = '' OR arrayExists(fault -> fault.rule = {rule:String}, faults))
      AND (file_no, line) > ({after_file:UInt16}, {after_line:UInt64})
    ORDER BY file_no, line
    LIMIT {limit:UInt32}
) AS page
LEFT JOIN
(
    SELECT file_no, any(name) AS name
    FROM load_files
    WHERE batch_id = {batch_id:UInt64} AND source = {scope_source:String} AND {scope_everything:UInt8} = 1
    GROUP BY file_no
) AS names USING (file_no)
ORDER BY file_no, line
