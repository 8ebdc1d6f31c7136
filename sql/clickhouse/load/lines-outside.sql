-- How many good lines of the batch were placed outside of the months that it replaces, {first:UInt32} to {last:UInt32} (YYYYMM), and which is the first
-- of them? One row.
SELECT lines, place.1 AS file_no, place.2 AS line, day
FROM
(
    SELECT count() AS lines, min((file_no, file_line)) AS place, argMin(placed_day, (file_no, file_line)) AS day
    FROM load__staged
    WHERE source = {source:String} AND toYYYYMM(placed_day) NOT BETWEEN {first:UInt32} AND {last:UInt32}
)
