-- What adds up over days and belts: lines, and orders that lie on one day in one belt. Grain: parts of belt × day ×
-- combination, to be summed. The rollups by belt and of the nation, by day and by month, are all sums of these.
CREATE OR REPLACE TABLE load__sums
(
    belt_no UInt32, month Date, day Date, combination UInt16,
    lines UInt64, orders UInt64, pieces UInt64, gmv Decimal(38, 2), refund Decimal(38, 2)
)
ENGINE = Memory AS
SELECT belt_no, any(month), day, combination, count(), 0, sum(quantity), sum(amount), sum(refund_amount)
FROM load__counted
GROUP BY belt_no, day, combination
UNION ALL
SELECT belt_no, any(month), day, own, 0, count(), 0, 0, 0
FROM load__orders
WHERE NOT is_spread
GROUP BY belt_no, day, own
