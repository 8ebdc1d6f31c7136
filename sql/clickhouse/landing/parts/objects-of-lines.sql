-- What each line of a file of JSON lines holds. Grain: line that is not blank. rule: what is wrong with it, '' where it is a record; unknown:
-- its first key that is not declared; found: its values by the declared columns.
SELECT
    _line,
    _raw,
    JSONType(json) AS type,
    JSONExtractKeys(json) AS keys,
    arrayFirst(key -> NOT has({declared:Array(String)}, key), keys) AS unknown,
    length(keys) > length(arrayDistinct(keys)) AS repeated,
    multiIf(type != 'Object', 'invalid-json', repeated, 'duplicate-key', NOT hasAll({declared:Array(String)}, keys), 'unknown-key', '') AS rule,
    JSONExtract(json, {values_type:String}) AS found
FROM
(
    {{json_of_lines}}
)
