-- Odd lines outside records of several lines that are no records: what is wrong with each. Grain: such a line of one
-- file. value: the number of columns found (0 = a blank line), '' where a broken quote leaves it open.
INSERT INTO {database:Identifier}.landing_faults
SELECT
    {table_name:String},
    mark.file_no,
    mark.line,
    if(endsWith(raw, '\r'), substring(raw, 1, length(raw) - 1), raw),
    if(complete, 'wrong-column-count', 'broken-quote'),
    '',
    if(complete, toString(columns), '')
FROM {database:Identifier}.{marks:Identifier} AS mark
ASOF LEFT JOIN
(
    SELECT * FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}
) AS span ON mark.file_no = span.file_no AND mark.line >= span.first
WHERE mark.file_no = {file_no:UInt16} AND mark.odd AND NOT mark.whole AND mark.line <= {last_line:UInt64} AND mark.line > span.last
SETTINGS join_use_nulls = 0 -- no record of several lines before it: last = 0
