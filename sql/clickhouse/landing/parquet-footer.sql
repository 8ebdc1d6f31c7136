-- What the footer of a Parquet file says of its rows and columns. Grain: one row.
SELECT num_rows, columns FROM {database:Identifier}.{schema:Identifier} WHERE _file_no = {file_no:UInt16} LIMIT 1
