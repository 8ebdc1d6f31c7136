-- The raw text of every record of a lookup table. Grain: record.
SELECT _file_no, _line, _raw FROM {{table}}__records
