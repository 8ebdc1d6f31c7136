-- Tombstones of records in force that lose to a record of another merchant or month, and of lines that are withdrawn. The
-- version of the first is just below the winner's: above the loser's, and no rival of the winner where FINAL compares
-- across partitions; of the second just above the line's own.
INSERT INTO load__clean (source, merchant_id, order_id, line_no, placed_day, batch_id, version, is_deleted)
SELECT {source:String}, merchant_id, order_id, line_no, placed_day, {batch_id:UInt64}, winner_version - 1, 1
FROM load__candidates
WHERE needs_tombstone
UNION ALL
SELECT {source:String}, merchant_id, order_id, line_no, placed_day, {batch_id:UInt64}, version + 1, 1
FROM load__withdrawn
WHERE NOT is_withheld
