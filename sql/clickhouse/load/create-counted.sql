-- Counted lines in force of some touched months, with the belt that the merchant is in on the day (0 = none). Narrow,
-- because it is read several times, while the published table is read once; in memory, because what is needed of the load
-- database after a kill is its staged lines, and this is made anew from the published ones. Replaced for each run of months,
-- so that memory does not grow with the load. order_key stands for the order's id, which as text groups at half the speed:
-- 128 bits of a hash are the same for two ids once in 10^26 times that two million lines are rolled up. buyer_no 0: the source does not tell the buyer.
CREATE OR REPLACE TABLE load__counted
(
    belt_no UInt32, merchant_no UInt32, buyer_no UInt32, sku_no UInt32, order_key UInt128, month Date, day Date, combination UInt16,
    quantity UInt32, amount Decimal(18, 2), refund_amount Decimal(18, 2), batch_id UInt64
)
ENGINE = Memory AS
SELECT
    if(length(member.belt_nos) = 1,
        if(line.placed_day >= member.member_from AND line.placed_day < member.member_to, member.belt_nos[1], 0),
        member.belt_nos[arrayFirstIndex((start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)]) AS belt_no,
    member.merchant_no AS merchant_no, buyer.buyer_no AS buyer_no, sku.sku_no AS sku_no, reinterpretAsUInt128(sipHash128(line.order_id)) AS order_key,
    toStartOfMonth(line.placed_day) AS month, line.placed_day AS day, line.combination AS combination, line.quantity AS quantity,
    line.amount AS amount, line.refund_amount AS refund_amount, line.batch_id AS batch_id
FROM {{published}}.order_lines AS line FINAL
LEFT ANY JOIN load__members AS member ON line.merchant_id = member.merchant_id
LEFT ANY JOIN load__numbered_buyers AS buyer ON line.buyer_id = buyer.buyer_id
LEFT ANY JOIN load__skus AS sku ON line.sku_id = sku.sku_id
WHERE line.source = {source:String} AND toYYYYMM(line.placed_day) IN {months:Array(UInt32)} AND line.is_counted
