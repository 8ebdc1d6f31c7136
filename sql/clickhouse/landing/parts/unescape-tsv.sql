-- A TSV field with ClickHouse's escapes resolved; \N is empty, an unknown escape stays as it is. Cut at escaped backslashes first,
-- or the second of them would begin an escape of its own.
multiIf(
    {{field}} = '\\N', '',
    position({{field}}, '\\') = 0, {{field}},
    arrayStringConcat(
        arrayMap(
            part -> replaceAll(replaceAll(replaceAll(replaceAll(replaceAll(replaceAll(replaceAll(part,
                '\\t', '\x09'), '\\n', '\x0a'), '\\r', '\x0d'), '\\b', '\x08'), '\\f', '\x0c'), '\\0', '\x00'), '\\\'', '\''),
            splitByString('\\\\', {{field}})),
        '\\'))
