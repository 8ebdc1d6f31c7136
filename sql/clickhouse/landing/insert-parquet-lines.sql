-- The rows of a Parquet file as text, numbered as they come. Grain: row. values: each column as text; structure: how the file is read.
INSERT INTO {database:Identifier}.{lines:Identifier}
SELECT {file_no:UInt16}, rowNumberInAllBlocks() + 1, {{values}} FROM input({{structure}}) FORMAT Parquet
