-- Leaves out the lines that only look like records by themselves.
WHERE (_file_no, _line) NOT IN (SELECT _file_no, _line FROM {{aside}})
