-- The raw records of the files of one header.
SELECT _file_no, _line, _raw FROM {{records}}
