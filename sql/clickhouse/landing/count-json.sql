-- How many lines does a file of JSON lines have, up to the last that is not blank, and how many of them are records? Grain: one row.
SELECT
    (SELECT count() FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16} AND _line <= {last_line:UInt64}) AS lines,
    (SELECT count() FROM {database:Identifier}.{resolved:Identifier} WHERE _file_no = {file_no:UInt16}) AS records
