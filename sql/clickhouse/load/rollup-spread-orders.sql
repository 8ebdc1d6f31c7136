-- Orders with lines in several belts in a month, by belt and day.
INSERT INTO {{published}}.rollup_spread_day (source, unit, month, data_version, belt_id, day, unit_no, combination)
SELECT {source:String}, 'order', spread.month, {batch_id:UInt64}, belts.belt_id, spread.day, spread.unit_no, spread.own
FROM
(
    SELECT month, day, belt_no, own, toUInt32(dense_rank() OVER (ORDER BY id)) AS unit_no
    FROM
    (
        SELECT order_key AS id, month, day, belt_no, groupBitOr(combination) AS own
        FROM load__counted
        WHERE belt_no > 0 AND order_key IN (SELECT order_key FROM load__orders WHERE is_spread)
        GROUP BY id, month, day, belt_no
    )
    QUALIFY min(belt_no) OVER (PARTITION BY id, month) != max(belt_no) OVER (PARTITION BY id, month)
) AS spread
LEFT ANY JOIN load__known_belts AS belts ON spread.belt_no = belts.belt_no
