-- The first record of several lines that is longer than a record may be; no row where there is none.
SELECT span.first AS line, sum(length(part._raw) + 1) AS bytes
FROM
(
    SELECT _file_no, _line, _raw FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16}
        AND _line >= (SELECT min(first) FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16})
) AS part
ASOF INNER JOIN
(
    SELECT * FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}
) AS span ON part._file_no = span.file_no AND part._line >= span.first
WHERE part._line <= span.last
GROUP BY span.first
HAVING bytes > {limit:UInt64}
ORDER BY span.first
LIMIT 1
