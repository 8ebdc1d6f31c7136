-- Rolls counted lines up into {{target}} for one level: by belt ({{belt}} = belt_no) or the nation as one (0).
-- {{bucket}}: day or month. Each unit under its own combination, the OR over its lines in the bucket (see the table).
INSERT INTO {{published}}.{{target}}
    (source, level, belt_id, month, {{bucket_column}} combination, data_version, lines, orders, merchants, buyers, pieces, gmv, refund)
SELECT
    {source:String}, {level:String}, ifNull(belts.belt_id, ''), units.month, {{bucket_value}} units.combination, {batch_id:UInt64},
    sum(units.lines), sum(units.orders), sum(units.merchants), sum(units.buyers), sum(units.pieces), sum(units.gmv), sum(units.refund)
FROM
(
    SELECT {{belt}} AS belt, month, {{bucket}} AS bucket, combination, count() AS lines, 0 AS orders, 0 AS merchants, 0 AS buyers,
        sum(quantity) AS pieces, sum(toDecimal128(amount, 2)) AS gmv, sum(toDecimal128(refund_amount, 2)) AS refund
    FROM load__counted GROUP BY belt, month, bucket, combination
    UNION ALL
    SELECT belt, month, bucket, own, 0, count(), 0, 0, 0, 0, 0
    FROM (SELECT {{belt}} AS belt, month, {{bucket}} AS bucket, groupBitOr(combination) AS own FROM load__counted GROUP BY belt, month, bucket, order_id)
    GROUP BY belt, month, bucket, own
    UNION ALL
    SELECT belt, month, bucket, own, 0, 0, count(), 0, 0, 0, 0
    FROM (SELECT {{belt}} AS belt, month, {{bucket}} AS bucket, groupBitOr(combination) AS own FROM load__counted GROUP BY belt, month, bucket, merchant_no)
    GROUP BY belt, month, bucket, own
    UNION ALL
    SELECT belt, month, bucket, own, 0, 0, 0, count(), 0, 0, 0
    FROM (SELECT {{belt}} AS belt, month, {{bucket}} AS bucket, groupBitOr(combination) AS own FROM load__counted GROUP BY belt, month, bucket, buyer_id)
    GROUP BY belt, month, bucket, own
) AS units
LEFT JOIN load__known_belts AS belts ON units.belt = belts.belt_no
GROUP BY ALL
