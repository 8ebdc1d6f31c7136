-- What each odd line of a CSV file is by itself, and what it would be inside an open quote. Grain: odd line of one file.
-- whole: a record of the right number of columns; complete: a record of any number (columns, else 0). opens: ends inside
-- a quote that it opens. stays: read from inside a quote, it ends inside one; closes: it ends outside, well formed.
-- k_*: how many delimiters stand between fields when it is read that way (0 where it cannot be).
INSERT INTO {database:Identifier}.{marks:Identifier}
SELECT
    _file_no,
    _line,
    true AS odd,
    position(_raw, '"') > 0 AS quoted,
    complete AND columns = {columns:UInt32} AS whole,
    NOT quoted OR match(text, {record:String}) AS complete,
    multiIf(
        text = '', {columns:UInt32} = 1,
        NOT quoted, length(splitByChar({delimiter:String}, text)),
        complete, countMatches(concat(text, {delimiter:String}), {field:String}),
        0) AS columns,
    quoted AND NOT complete AND match(_raw, {opening:String}) AS opens,
    NOT quoted OR match(_raw, {inside:String}) AS stays,
    NOT stays AND match(text, {closing:String}) AS closes,
    if(opens, countMatches(concat(_raw, '"', {delimiter:String}), {field:String}) - 1, 0) AS k_open,
    if(quoted AND stays, countMatches(concat('"', _raw, '"', {delimiter:String}), {field:String}) - 1, 0) AS k_stay,
    if(closes, countMatches(concat('"', text, {delimiter:String}), {field:String}) - 1, 0) AS k_close,
    _raw
FROM
(
    SELECT _file_no, _line, _raw, if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw) AS text
    FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16} AND _kind = {odd_kind:UInt8}
)
