-- The records of several lines, joined. Grain: record that begins between two lines (from inclusive, to exclusive).
INSERT INTO {database:Identifier}.{resolved:Identifier} (_file_no, _line, _raw)
SELECT {file_no:UInt16}, first, if(endsWith(joined, '\r'), substring(joined, 1, length(joined) - 1), joined)
FROM
(
    SELECT
        span.first AS first,
        arrayStringConcat(arrayMap(part -> part.2, arraySort(part -> part.1, groupArray((part._line, part._raw)))), '\n') AS joined
    FROM
    (
        SELECT _file_no, _line, _raw
        FROM {database:Identifier}.{lines:Identifier}
        WHERE _file_no = {file_no:UInt16} AND _line >= {from:UInt64}
            AND _line <= (SELECT max(last) FROM {database:Identifier}.{spans:Identifier}
                WHERE file_no = {file_no:UInt16} AND first >= {from:UInt64} AND first < {to:UInt64})
    ) AS part
    ASOF INNER JOIN
    (
        SELECT * FROM {database:Identifier}.{spans:Identifier}
        WHERE file_no = {file_no:UInt16} AND first >= {from:UInt64} AND first < {to:UInt64}
    ) AS span ON part._file_no = span.file_no AND part._line >= span.first
    WHERE part._line <= span.last
    GROUP BY span.first
)
