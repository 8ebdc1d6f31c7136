-- Sets aside the lines that fault-nul-lines.sql has made faults. Grain: such a line of one file.
INSERT INTO {database:Identifier}.{aside:Identifier}
SELECT _file_no, _line
{{lines_with_nul}}
