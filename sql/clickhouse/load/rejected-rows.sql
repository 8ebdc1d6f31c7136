-- Which rows did a batch reject, in the order of its files? Grain: row. role: that of its table; '' where the list of files is lost.
SELECT quarantine.source AS source, quarantine.file_no AS file_no, file.name AS name, file.role AS role, quarantine.line AS line, raw, faults
FROM {{published}}.quarantine FINAL
LEFT ANY JOIN
(
    SELECT file_no, name, role FROM {{published}}.load_files WHERE batch_id = {batch_id:UInt64}
) AS file ON quarantine.file_no = file.file_no
WHERE quarantine.batch_id = {batch_id:UInt64}
ORDER BY file_no, line
