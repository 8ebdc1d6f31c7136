-- Odd lines outside records of several lines that are records after all (stray quotes inside unquoted fields, control
-- characters). Grain: such a line of one file. Blank lines at the end of the file (after last_line) are no records.
INSERT INTO {database:Identifier}.{resolved:Identifier} (_file_no, _line, _raw)
SELECT file_no, line, if(endsWith(raw, '\r'), substring(raw, 1, length(raw) - 1), raw)
FROM {database:Identifier}.{marks:Identifier} AS mark
ASOF LEFT JOIN
(
    SELECT * FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}
) AS span ON mark.file_no = span.file_no AND mark.line >= span.first
WHERE mark.file_no = {file_no:UInt16} AND mark.odd AND mark.whole AND mark.line <= {last_line:UInt64} AND mark.line > span.last
SETTINGS join_use_nulls = 0 -- no record of several lines before it: last = 0
