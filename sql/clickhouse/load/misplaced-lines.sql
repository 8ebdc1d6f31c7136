-- Which records of the facts table does the mapping lose or give more than once? Examples for a message.
SELECT landed._file_no AS file_no, landed._line AS line, mapped.times AS times
FROM (SELECT toUInt16(_file_no) AS _file_no, toUInt64(_line) AS _line FROM {{facts}}) AS landed
LEFT JOIN (SELECT toUInt16(_file_no) AS _file_no, toUInt64(_line) AS _line, count() AS times FROM {{mapping}} GROUP BY ALL) AS mapped
    ON landed._file_no = mapped._file_no AND landed._line = mapped._line
WHERE mapped.times != 1
ORDER BY file_no, line
LIMIT 3
