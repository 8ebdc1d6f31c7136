-- Rows of a table of TSV, by the kinds of its lines.
{{plain}}
UNION ALL
{{general}}
UNION ALL
{{resolved}}
