-- Order lines, one for each row of orders, all of it text. Drafted: what a comment says is a guess, or missing.
SELECT
{{unused}}    orders._file_no AS _file_no, orders._line AS _line,
{{fields}}
FROM orders
