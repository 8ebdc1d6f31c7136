-- Values that are not written as their column declares. Grain: such a value. {{values}}: of each column its name, its text, and whether it fits.
CREATE OR REPLACE TABLE {database:Identifier}.{misfits:Identifier} ENGINE = MergeTree ORDER BY (_file_no, _line) AS
SELECT toUInt16(_file_no) AS _file_no, toUInt64(_line) AS _line, _found.1 AS _column, _found.2 AS _value
FROM
(
    SELECT _file_no, _line, arrayJoin(arrayFilter(value -> NOT value.3, [{{values}}])) AS _found
    FROM {database:Identifier}.{written:Identifier}
)
