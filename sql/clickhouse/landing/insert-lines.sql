-- The lines of a file of text, numbered as they come. Grain: physical line.
INSERT INTO {database:Identifier}.{lines:Identifier} (_file_no, _line, _raw)
SELECT {file_no:UInt16}, rowNumberInAllBlocks() + {first_line:UInt8}, raw FROM input('raw String') FORMAT LineAsString
