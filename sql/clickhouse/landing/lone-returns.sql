-- The first line in which a carriage return alone may divide records; no row where there is none. Grain: such a line of one file.
-- Of lines that are no record (suspects: line, raw): the carriage return stands outside quotes (outside, of `raw`), or
-- before or after a piece that is a record by itself (is_record, of `piece`). Of every line: so many pieces between two
-- carriage returns are records that stray quotes have swallowed them, by the measure of pair-open-quotes.sql.
SELECT line
FROM
(
    SELECT line, raw, splitByChar('\r', raw) AS pieces
    FROM {{suspects}}
    WHERE position(raw, '\r') > 0 AND ({{outside}} OR arrayExists(piece -> {{is_record}}, pieces))
    UNION ALL
    SELECT
        _line AS line,
        if(endsWith(_raw, '\r'), substring(_raw, 1, length(_raw) - 1), _raw) AS raw,
        splitByChar('\r', raw) AS pieces
    FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16} AND position(_raw, '\r') BETWEEN 1 AND length(_raw) - 1
        AND ({columns:UInt32} - 1) * (length(pieces) - 2) >= 9
        AND arrayAll(piece -> {{is_record}}, arraySlice(pieces, 2, length(pieces) - 2))
)
ORDER BY line
LIMIT 1
