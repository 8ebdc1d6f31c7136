-- Warnings about the lines that the batch puts in force, by name.
SELECT arrayJoin(warnings) AS name, count() AS lines
FROM load__staged
WHERE source = {source:String} AND oddities > 0
    AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__contests WHERE is_superseded)
GROUP BY name
ORDER BY name
