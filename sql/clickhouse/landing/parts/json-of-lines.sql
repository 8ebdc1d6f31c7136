-- The lines of a file of JSON lines with every number in quotes. Grain: line that is not blank. json: '' where the quotes of the line
-- do not pair up. Read from the innermost: hide escaped backslashes (\x01) and escaped quotes (\x02), so that every quote left is a
-- string's first or last; cut at the quotes, so that every second piece is a string; join the others with \x03 in the strings'
-- places, sign their exponents and quote their numbers; put all together again. The three stand for what they hide because
-- no valid JSON has them bare.
SELECT
    _line,
    _raw,
    if(balanced,
        replaceAll(replaceAll(
            concat(arrayStringConcat(arrayMap((other, string) -> concat(other, '"', string, '"'), arrayPopBack(others), strings)), others[-1]),
            '\x02', '\\"'), '\x01', '\\\\'),
        '') AS json
FROM
(
    SELECT
        _line,
        _raw,
        length(cut) % 2 = 1 AND NOT match(_raw, '[\x01\x02\x03]') AS balanced,
        splitByChar('\x03', replaceRegexpAll(
            replaceRegexpAll(
                arrayStringConcat(arrayFilter((piece, i) -> i % 2 = 1, cut, arrayEnumerate(cut)), '\x03'),
                '([0-9][eE])([0-9])', '\\1+\\2'),
            '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?', '"\\0"')) AS others,
        arrayResize(arrayFilter((piece, i) -> i % 2 = 0, cut, arrayEnumerate(cut)), length(others) - 1) AS strings
    FROM
    (
        SELECT _line, _raw, splitByChar('"', replaceAll(replaceAll(_raw, '\\\\', '\x01'), '\\"', '\x02')) AS cut
        FROM {database:Identifier}.{lines:Identifier}
        WHERE _file_no = {file_no:UInt16} AND _kind = {plain_kind:UInt8}
    )
)
