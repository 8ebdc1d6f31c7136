-- The same of a file whose lines are numbered with gaps: how many there are.
(
    SELECT count()
    FROM (SELECT _file_no, _line FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16}) AS part
    ASOF INNER JOIN
    (
        SELECT * FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}
    ) AS span ON part._file_no = span.file_no AND part._line >= span.first
    WHERE part._line > span.first AND part._line <= span.last
)
