-- What the footer of each Parquet file says. Grain: file.
CREATE TABLE {database:Identifier}.{schema:Identifier} (_file_no UInt16, num_rows UInt64, columns {{columns_type}})
ENGINE = MergeTree ORDER BY _file_no
