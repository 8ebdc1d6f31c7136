-- How many rows of a Parquet file were landed, and which is the first with a text that is not UTF-8, and the first longer than {longest}
-- bytes (0: none)? Grain: one row.
SELECT count() AS rows, minIf(_line, {{is_broken}}) AS bad, minIf(_line, {{bytes}} > {longest:UInt64}) AS long
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16}
