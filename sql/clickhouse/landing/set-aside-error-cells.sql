-- Sets aside the rows that fault-error-cells.sql has made faults. Grain: such a row of one file.
INSERT INTO {database:Identifier}.{aside:Identifier}
SELECT _file_no, _line
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16} AND _line IN {rows:Array(UInt64)} AND _kind <> {odd_kind:UInt8}
