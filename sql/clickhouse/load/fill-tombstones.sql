-- Tombstones of records in force that lose to a record of another merchant or month, under the winner's version.
INSERT INTO load__clean (source, merchant_id, order_id, line_no, placed_day, batch_id, version, is_deleted)
SELECT {source:String}, merchant_id, order_id, line_no, placed_day, {batch_id:UInt64}, winner_version, 1
FROM load__contests
WHERE needs_tombstone
