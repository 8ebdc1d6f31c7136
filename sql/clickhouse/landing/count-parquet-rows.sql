-- How many rows of a Parquet file were landed, and which is the first with a text that is not UTF-8 (0: none)? Grain: one row.
SELECT count() AS rows, minIf(_line, {{is_broken}}) AS bad
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16}
