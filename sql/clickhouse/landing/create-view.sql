-- The well-formed records of a table, a column of text each: what the mapping SELECTs of a source read. Grain: record.
-- rows: parts/rows-of-csv.sql, -tsv, -resolved or -parquet.sql.
CREATE VIEW {database:Identifier}.{view:Identifier} AS
{{rows}}
