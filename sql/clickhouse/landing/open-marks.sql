-- How many odd lines of a CSV file open a quote that they do not close, and which odd line is the last that is not blank (0: none)?
-- Grain: one row.
SELECT countIf(opens) AS opens, maxIf(line, NOT {{is_blank}}) AS last
FROM {database:Identifier}.{marks:Identifier}
WHERE file_no = {file_no:UInt16}
