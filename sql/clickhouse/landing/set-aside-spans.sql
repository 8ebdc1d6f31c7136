-- Lines that look like records by themselves and stand inside a record of several lines. Grain: such a line of one file.
INSERT INTO {database:Identifier}.{aside:Identifier}
SELECT part._file_no, part._line
FROM
(
    SELECT _file_no, _line FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16} AND _kind <> {odd_kind:UInt8}
        AND _line > (SELECT min(first) FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16})
) AS part
ASOF INNER JOIN
(
    SELECT * FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}
) AS span ON part._file_no = span.file_no AND part._line >= span.first
WHERE part._line <= span.last
