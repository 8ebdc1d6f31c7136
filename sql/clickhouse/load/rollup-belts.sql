-- Rolls counted lines up into {{target}} by belt and {{bucket}}: lines under their own combination, and orders, merchants
-- and buyers under theirs (see the table).
INSERT INTO {{published}}.{{target}}
    (source, level, belt_id, month, {{day_column}} combination, data_version, lines, orders, merchants, buyers, pieces, gmv, refund)
SELECT
    {source:String}, 'belt', belts.belt_id, toStartOfMonth(units.at), {{day_value}} units.combination, {batch_id:UInt64},
    units.lines, units.orders, units.merchants, units.buyers, units.pieces, units.gmv, units.refund
FROM
(
    SELECT belt_no, at, combination, sum(lines) AS lines, sum(orders) AS orders, sum(merchants) AS merchants, sum(buyers) AS buyers,
        sum(pieces) AS pieces, sum(gmv) AS gmv, sum(refund) AS refund
    FROM
    (
        SELECT belt_no, {{bucket}} AS at, combination, lines, orders, 0 AS merchants, 0 AS buyers, pieces, gmv, refund FROM load__sums
        UNION ALL
        SELECT belt_no, at, own, 0, count(), 0, 0, 0, 0, 0
        FROM
        (
            SELECT belt_no, {{bucket}} AS at, groupBitOr(combination) AS own
            FROM load__counted WHERE order_key IN (SELECT order_key FROM load__orders WHERE is_spread)
            GROUP BY belt_no, at, order_key
        )
        GROUP BY belt_no, at, own
        UNION ALL
        SELECT belt_no, at, own, 0, 0, count(), 0, 0, 0, 0 FROM load__merchant_{{bucket}}s_by_belt GROUP BY belt_no, at, own
        UNION ALL
        SELECT belt_no, at, own, 0, 0, 0, count(), 0, 0, 0 FROM load__buyer_{{bucket}}s_by_belt GROUP BY belt_no, at, own
    )
    GROUP BY belt_no, at, combination
) AS units
LEFT ANY JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
