-- The records of a table of which columns declare how they are written, each value as the model reads it. Grain: record whose
-- values all fit. {{columns}}: as-declared.sql or the column itself; {{misfits}}: parts/not-misfits.sql, or nothing where all fit.
CREATE OR REPLACE VIEW {database:Identifier}.{view:Identifier} AS
SELECT _file_no, _line, {{columns}}
FROM {{written}} AS written
{{misfits}}
{{in_order}}
