-- Rows of the dimensions that broke a rule. file_no 0: the mapping does not say where a row comes from.
INSERT INTO load__rejects
SELECT 'lookup', bad.file_no, bad.line, record._raw, bad.faults, 0, 0
FROM
(
    SELECT file_no, line, arrayDistinct(arrayFlatten(groupArray(faults)))::Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)) AS faults
    FROM
    (
        SELECT file_no, line, faults FROM load__belts_checked WHERE notEmpty(faults)
        UNION ALL
        SELECT file_no, line, faults FROM load__merchants_checked WHERE notEmpty(faults)
        UNION ALL
        SELECT file_no, line, faults FROM load__memberships_checked WHERE notEmpty(faults)
    )
    GROUP BY file_no, line
) AS bad
LEFT JOIN (SELECT toUInt16(_file_no) AS _file_no, toUInt64(_line) AS _line, _raw FROM ({{records}})) AS record
    ON bad.file_no = record._file_no AND bad.line = record._line
