-- The odd lines of one file. Grain: such a line. text: without the carriage return of its line end.
SELECT _line, if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw) AS text
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16} AND _kind = {odd_kind:UInt8}
