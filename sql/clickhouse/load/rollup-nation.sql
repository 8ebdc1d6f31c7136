-- Rolls counted lines up into {{target}} for the nation by {{bucket}}: each unit once, under its combination over all belts.
INSERT INTO {{published}}.{{target}}
    (source, level, belt_id, month, {{day_column}} combination, data_version, lines, orders, merchants, buyers, pieces, gmv, refund)
SELECT
    {source:String}, 'nation', '', toStartOfMonth(units.at), {{day_value}} units.combination, {batch_id:UInt64},
    sum(units.lines), sum(units.orders), sum(units.merchants), sum(units.buyers), sum(units.pieces), sum(units.gmv), sum(units.refund)
FROM
(
    SELECT {{bucket}} AS at, combination, lines, orders, 0 AS merchants, 0 AS buyers, pieces, gmv, refund FROM load__sums
    UNION ALL
    SELECT at, own, 0, count(), 0, 0, 0, 0, 0
    FROM
    (
        SELECT {{bucket}} AS at, groupBitOr(combination) AS own
        FROM load__counted WHERE order_key IN (SELECT order_key FROM load__orders WHERE is_spread)
        GROUP BY at, order_key
    )
    GROUP BY at, own
    UNION ALL
    SELECT at, own, 0, 0, count(), 0, 0, 0, 0 FROM load__merchant_{{bucket}}s GROUP BY at, own
    UNION ALL
    SELECT at, own, 0, 0, 0, count(), 0, 0, 0 FROM load__buyer_{{bucket}}s GROUP BY at, own
) AS units
GROUP BY units.at, units.combination
