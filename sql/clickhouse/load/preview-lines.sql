-- The first records of the facts as the mapping gives them, each beside its raw text. Grain: record.
SELECT mapped.*, record._raw AS _raw
FROM (SELECT * FROM {{mapping}} ORDER BY toUInt16(_file_no), toUInt64(_line) LIMIT {most:UInt32}) AS mapped
LEFT ANY JOIN
(
    SELECT toUInt16(_file_no) AS file_no, toUInt64(_line) AS line, _raw FROM {{records}}
) AS record ON toUInt16(mapped._file_no) = record.file_no AND toUInt64(mapped._line) = record.line
ORDER BY toUInt16(mapped._file_no), toUInt64(mapped._line)
SETTINGS {{limits}}
