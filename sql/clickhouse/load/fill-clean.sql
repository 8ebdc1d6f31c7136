-- The rows of months that cannot be published as staged: without the harmful losers, and with the versions of winners that
-- had to be raised.
INSERT INTO load__clean
SELECT line.* REPLACE (greatest(line.version, raised.winner_version) AS version)
FROM
(
    -- Before the join: of months that are published as staged, which are nearly all, nothing is read.
    SELECT *
    FROM load__staged
    WHERE source = {source:String}
        AND toYYYYMM(placed_day) IN (SELECT month FROM load__plan WHERE kept > 0 AND NOT is_attached)
        AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_harmful)
) AS line
LEFT JOIN (SELECT file_no, file_line, winner_version FROM load__candidates WHERE is_raised) AS raised
    ON line.file_no = raised.file_no AND line.file_line = raised.file_line
