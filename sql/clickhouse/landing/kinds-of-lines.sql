-- How many odd lines does a file of text have, and which is its last line that is not odd (0: none)? Grain: one row.
SELECT countIf(_kind = {odd_kind:UInt8}) AS odd, maxIf(_line, _kind <> {odd_kind:UInt8}) AS last
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16}
