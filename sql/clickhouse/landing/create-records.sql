-- The raw text of every record of CSV or TSV, malformed ones too. Grain: record.
CREATE VIEW {database:Identifier}.{records:Identifier} AS
SELECT _file_no, _line, {{text}} AS _raw
FROM (SELECT _file_no, _line, _raw AS _text FROM {{lines}} WHERE _kind <> {{odd}})
WHERE (_file_no, _line) NOT IN (SELECT _file_no, _line FROM {{aside}})
UNION ALL
SELECT _file_no, _line, _raw FROM {{resolved}}
UNION ALL
SELECT file_no AS _file_no, line AS _line, raw AS _raw FROM {{faults}} WHERE table_name = {{table}}
