-- Rows of a sheet that would be records but for a cell without a value: an error, or a formula that was never worked out. Grain: such a row of one
-- file; {rows:Array(UInt64)} with the column and the text of each.
INSERT INTO {database:Identifier}.landing_faults
SELECT
    {table_name:String}, _file_no, _line, _raw, 'error-cell',
    {fields:Array(String)}[indexOf({rows:Array(UInt64)}, _line)], {texts:Array(String)}[indexOf({rows:Array(UInt64)}, _line)]
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16} AND _line IN {rows:Array(UInt64)} AND _kind <> {odd_kind:UInt8}
