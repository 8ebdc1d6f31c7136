-- Records with a value that is not written as declared are set apart, with their text, once. Grain: value.
INSERT INTO {database:Identifier}.{faults:Identifier}
SELECT {table_name:String}, misfit._file_no, misfit._line, record._raw, 'not-as-declared', misfit._column, misfit._value
FROM {database:Identifier}.{misfits:Identifier} AS misfit
LEFT ANY JOIN
(
    SELECT _file_no, _line, _raw FROM {database:Identifier}.{records:Identifier}
    WHERE (_file_no, _line) IN (SELECT _file_no, _line FROM {database:Identifier}.{misfits:Identifier})
) AS record ON misfit._file_no = record._file_no AND misfit._line = record._line
WHERE (misfit._file_no, misfit._line) NOT IN
    (SELECT file_no, line FROM {database:Identifier}.{faults:Identifier} WHERE table_name = {table_name:String})
