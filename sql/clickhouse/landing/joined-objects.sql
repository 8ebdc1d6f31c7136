-- The first malformed line of a file of JSON lines that holds several objects; no row where there is none. They stand one behind the
-- other (a brace after a closed one, outside strings), in an array, or between commas.
SELECT line
FROM {database:Identifier}.landing_faults
WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16} AND rule = 'invalid-json'
    AND (match(replaceRegexpAll(raw, '"(?:[^"\\\\]|\\\\.)*"', ''), '[}]\\s*[{]')
        OR JSONType(raw, 1) = 'Object' AND JSONLength(raw) > 1 AND JSONType(raw) = 'Array'
        OR JSONType(concat('[', raw, ']'), 1) = 'Object' AND JSONLength(concat('[', raw, ']')) > 1 AND JSONType(concat('[', raw, ']')) = 'Array')
ORDER BY line
LIMIT 1
