-- What the footer of a Parquet file says of its rows and columns. Grain: file.
INSERT INTO {database:Identifier}.{schema:Identifier}
SELECT {file_no:UInt16}, num_rows, columns FROM input({{structure}}) FORMAT ParquetMetadata
