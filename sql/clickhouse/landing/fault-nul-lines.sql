-- Lines that would be records but for a NUL byte. Grain: such a line of one file.
INSERT INTO {database:Identifier}.landing_faults
SELECT {table_name:String}, _file_no, _line, if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw), 'nul-byte', '', ''
{{lines_with_nul}}
