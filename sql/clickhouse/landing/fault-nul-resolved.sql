-- Records that needed more than their line and hold a NUL byte. Grain: such a record of one file.
INSERT INTO {database:Identifier}.landing_faults
SELECT {table_name:String}, _file_no, _line, if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw), 'nul-byte', '', ''
FROM {database:Identifier}.{resolved:Identifier}
WHERE _file_no = {file_no:UInt16} AND position(_raw, '\0') > 0
