-- The lines of a file of text, each behind its number and a blank. Grain: physical line.
INSERT INTO {database:Identifier}.{lines:Identifier} (_file_no, _line, _raw)
SELECT {file_no:UInt16}, toUInt64(substring(raw, 1, position(raw, ' ') - 1)), substring(raw, position(raw, ' ') + 1)
FROM input('raw String') FORMAT LineAsString
