-- What the well-formed lines with quotes would be if a quote opened before them were still open; asked only of files that
-- have such quotes. Grain: line with quotes after the first open quote; columns as in mark-odd-lines.sql, without raw.
-- Most are told by the character after their first quote: inside a quote it would have to be a quote (a doubled one), a
-- delimiter or the end of the line (a closing one), so any other makes the line malformed when read from inside.
INSERT INTO {database:Identifier}.{marks:Identifier}
SELECT
    _file_no,
    _line,
    false AS odd,
    true AS quoted,
    true AS whole,
    true AS complete,
    {columns:UInt32} AS columns,
    false AS opens,
    possible AND match(_raw, {inside:String}) AS stays,
    possible AND NOT stays AND match(text, {closing:String}) AS closes,
    0 AS k_open,
    if(stays, countMatches(concat('"', _raw, '"', {delimiter:String}), {field:String}) - 1, 0) AS k_stay,
    if(closes, countMatches(concat('"', text, {delimiter:String}), {field:String}) - 1, 0) AS k_close,
    ''
FROM
(
    SELECT
        _file_no,
        _line,
        _raw,
        if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw) AS text,
        substring(text, position(text, '"') + 1, 1) IN ('"', {delimiter:String}, '') AS possible
    FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16}
        AND _kind IN ({quoted_kind:UInt8}, {general_kind:UInt8})
        AND _line > (SELECT min(line) FROM {database:Identifier}.{marks:Identifier} WHERE file_no = {file_no:UInt16} AND opens)
)
