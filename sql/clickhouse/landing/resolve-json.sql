-- The records of a file of JSON lines. Grain: record. fields: the values, one by one.
INSERT INTO {database:Identifier}.{resolved:Identifier} (_file_no, _line, _fields)
SELECT {file_no:UInt16}, _line, {{fields}}
FROM
(
    {{objects}}
)
WHERE rule = ''
