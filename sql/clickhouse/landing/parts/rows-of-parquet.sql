-- Rows of a table of Parquet.
SELECT _file_no, _line, {{columns}} FROM {{lines}}
