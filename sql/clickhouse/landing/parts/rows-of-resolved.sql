-- The records that needed more than their line. columns: what each column is of `_fields`.
SELECT _file_no, _line, {{columns}} FROM {{resolved}}
