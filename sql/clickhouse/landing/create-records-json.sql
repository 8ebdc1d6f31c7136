-- The raw text of every record of JSON lines, malformed ones too. Grain: record. Every line that is not blank is a record by
-- itself, and only blank ones among the malformed are not there yet.
CREATE VIEW {database:Identifier}.{records:Identifier} AS
SELECT _file_no, _line, {{text}} AS _raw
FROM (SELECT _file_no, _line, _raw AS _text FROM {{lines}} WHERE _kind <> {{odd}})
UNION ALL
SELECT file_no AS _file_no, line AS _line, raw AS _raw FROM {{faults}} WHERE table_name = {{table}} AND raw = ''
