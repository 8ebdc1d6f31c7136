-- The rows of months that cannot be published as staged: without the harmful losers.
INSERT INTO load__clean
SELECT *
FROM load__staged
WHERE source = {source:String}
    AND toYYYYMM(placed_day) IN (SELECT month FROM load__plan WHERE kept > 0 AND NOT is_attached)
    AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__contests WHERE is_harmful)
