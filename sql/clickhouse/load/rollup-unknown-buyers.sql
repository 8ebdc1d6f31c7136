-- Rolls the counted lines whose buyer is not told up by belt, combination of tracks and month.
INSERT INTO {{published}}.rollup_unknown_buyer_month (source, belt_id, month, data_version, combination, lines, gmv)
SELECT {source:String}, belts.belt_id, units.month, {batch_id:UInt64}, units.combination, units.lines, units.gmv
FROM
(
    SELECT belt_no, month, combination, count() AS lines, sum(amount) AS gmv
    FROM load__counted WHERE buyer_no = 0 GROUP BY belt_no, month, combination
) AS units
LEFT ANY JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
