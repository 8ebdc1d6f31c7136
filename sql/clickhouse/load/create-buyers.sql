-- Numbers for the buyers of some touched months: distinct buyers are counted several times, and numbers group in half of
-- the time that text takes (measured), exactly, unlike hashes.
CREATE OR REPLACE TABLE load__buyers (buyer_id String, buyer_no UInt32) ENGINE = MergeTree ORDER BY tuple() AS
SELECT buyer_id, toUInt32(rowNumberInAllBlocks()) AS buyer_no
FROM
(
    SELECT DISTINCT buyer_id
    FROM {{published}}.order_lines
    WHERE source = {source:String} AND toYYYYMM(placed_day) IN {months:Array(UInt32)} AND is_counted
)
