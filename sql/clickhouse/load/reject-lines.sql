-- Order lines that broke a rule, with their own text (see stage-lines for what `warnings` of such a row holds).
INSERT INTO load__rejects
SELECT
    'facts', bad.file_no, bad.file_line, record._raw,
    arrayMap(i -> (w[i], w[i + 1], w[i + 2]), range(3, length(w), 3))::Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)),
    toInt64(w[1]), toDecimal128(w[2], 2)
FROM (SELECT file_no, file_line, warnings::Array(String) AS w FROM load__staged WHERE source = '') AS bad
LEFT JOIN
(
    -- The positions as they are stored, so that the primary key finds them.
    SELECT _file_no, _line, _raw FROM {{records}} WHERE (_file_no, _line) IN (SELECT file_no, file_line FROM load__staged WHERE source = '')
) AS record ON bad.file_no = record._file_no AND bad.file_line = record._line
