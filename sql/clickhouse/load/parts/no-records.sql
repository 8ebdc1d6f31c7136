-- The same where a source has no lookup table.
SELECT 0 AS _file_no, 0 AS _line, '' AS _raw WHERE false
