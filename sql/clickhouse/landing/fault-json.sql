-- Lines of a file of JSON lines that are no records, and blank ones between others. Grain: such a line. value: the key that is not
-- declared, or that comes twice.
INSERT INTO {database:Identifier}.landing_faults
SELECT
    {table_name:String}, {file_no:UInt16}, _line, if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw), rule, '',
    multiIf(
        rule = 'unknown-key', unknown,
        rule = 'duplicate-key', arrayFirst((key, i) -> i > indexOf(keys, key), keys, arrayEnumerate(keys)),
        '')
FROM
(
    {{objects}}
)
WHERE rule != ''
UNION ALL
SELECT {table_name:String}, {file_no:UInt16}, _line, '', 'invalid-json', '', ''
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16} AND _kind = {odd_kind:UInt8} AND _line <= {last_line:UInt64}
