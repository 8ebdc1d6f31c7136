-- Rows of a table of CSV, by the kinds of its lines.
{{plain}}
UNION ALL
{{quoted}}
UNION ALL
{{general}}
UNION ALL
{{resolved}}
