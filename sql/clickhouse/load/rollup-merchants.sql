-- Rolls counted lines up by merchant and month: orders under the order's own combination, the rest under the line's.
INSERT INTO {{published}}.rollup_merchant_month
    (source, belt_id, month, data_version, merchant_id, combination, lines, orders, pieces, gmv, refund)
SELECT
    {source:String}, ifNull(belts.belt_id, ''), units.month, {batch_id:UInt64}, units.merchant_id, units.combination,
    sum(units.lines), sum(units.orders), sum(units.pieces), sum(units.gmv), sum(units.refund)
FROM
(
    SELECT belt_no, month, merchant_id, combination, count() AS lines, 0 AS orders, sum(quantity) AS pieces,
        sum(toDecimal128(amount, 2)) AS gmv, sum(toDecimal128(refund_amount, 2)) AS refund
    FROM load__counted GROUP BY belt_no, month, merchant_id, combination
    UNION ALL
    SELECT belt_no, month, merchant_id, own, 0, count(), 0, 0, 0
    FROM (SELECT belt_no, month, merchant_id, groupBitOr(combination) AS own FROM load__counted GROUP BY belt_no, month, merchant_id, order_id)
    GROUP BY belt_no, month, merchant_id, own
) AS units
LEFT JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
GROUP BY ALL
