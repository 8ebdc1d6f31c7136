-- Order lines that broke a rule, with their own text.
INSERT INTO load__rejects
SELECT 'facts', bad.file_no, bad.file_line, record._raw, bad.faults, bad.read_quantity, bad.read_amount
FROM load__faulty AS bad
LEFT JOIN
(
    -- The positions as they are stored, so that the primary key finds them.
    SELECT _file_no, _line, _raw FROM {{records}} WHERE (_file_no, _line) IN (SELECT file_no, file_line FROM load__faulty)
) AS record ON bad.file_no = record._file_no AND bad.file_line = record._line
