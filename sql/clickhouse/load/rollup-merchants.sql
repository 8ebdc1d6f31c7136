-- Rolls counted lines up by merchant and month, with the merchant's legal owner: orders under the order's own combination, the rest under the line's.
INSERT INTO {{published}}.rollup_merchant_month
    (source, belt_id, month, data_version, merchant_id, owner_id, combination, lines, orders, pieces, gmv, refund)
SELECT
    {source:String}, belts.belt_id, parts.month, {batch_id:UInt64}, members.merchant_id, members.owner_id, parts.combination,
    parts.lines, parts.orders, parts.pieces, parts.gmv, parts.refund
FROM
(
    SELECT belt_no, merchant_no, month, combination, sum(lines) AS lines, sum(orders) AS orders, sum(pieces) AS pieces, sum(gmv) AS gmv,
        sum(refund) AS refund
    FROM
    (
        SELECT belt_no, merchant_no, month, combination, count() AS lines, 0 AS orders, sum(quantity) AS pieces, sum(amount) AS gmv,
            sum(refund_amount) AS refund
        FROM load__counted GROUP BY belt_no, merchant_no, month, combination
        UNION ALL
        SELECT belt_no, merchant_no, month, own, 0, count(), 0, 0, 0
        FROM load__orders WHERE NOT is_spread GROUP BY belt_no, merchant_no, month, own
        UNION ALL
        SELECT belt_no, merchant_no, month, own, 0, count(), 0, 0, 0
        FROM
        (
            SELECT belt_no, merchant_no, month, groupBitOr(combination) AS own
            FROM load__counted WHERE order_key IN (SELECT order_key FROM load__orders WHERE is_spread)
            GROUP BY belt_no, merchant_no, month, order_key
        )
        GROUP BY belt_no, merchant_no, month, own
    )
    GROUP BY belt_no, merchant_no, month, combination
) AS parts
LEFT ANY JOIN load__known_belts AS belts ON parts.belt_no = belts.belt_no
LEFT ANY JOIN load__members AS members ON parts.merchant_no = members.merchant_no
