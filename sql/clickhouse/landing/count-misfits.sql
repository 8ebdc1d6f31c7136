-- How many records were set apart because a value of theirs is not written as declared? Grain: one row.
SELECT uniqExact(_file_no, _line) AS records FROM {database:Identifier}.{misfits:Identifier}
