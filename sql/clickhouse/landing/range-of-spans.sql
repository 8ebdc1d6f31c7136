-- Where do the first and the last record of several lines begin? Grain: one row; 0 where there are none.
SELECT min(first) AS low, max(first) AS high
FROM {database:Identifier}.{spans:Identifier}
WHERE file_no = {file_no:UInt16}
