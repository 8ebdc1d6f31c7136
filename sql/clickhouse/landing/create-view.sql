-- The well-formed records of a table, a column of text each: what the mapping SELECTs of a source read. Grain: record.
-- rows: parts/rows-of-kind.sql for each kind of line that landed, -resolved or -parquet.sql.
CREATE OR REPLACE VIEW {database:Identifier}.{view:Identifier} AS
{{rows}}
