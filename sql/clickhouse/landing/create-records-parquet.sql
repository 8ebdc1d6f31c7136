-- Every row of Parquet as text. Grain: row.
CREATE VIEW {database:Identifier}.{records:Identifier} AS
SELECT _file_no, _line, formatRowNoNewline('JSONEachRow', {{columns}}) AS _raw
FROM {{lines}}
