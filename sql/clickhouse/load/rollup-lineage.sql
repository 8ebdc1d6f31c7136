-- Counted lines in force by the batch that loaded them.
INSERT INTO {{published}}.rollup_lineage (source, belt_id, month, data_version, batch_id, lines, gmv)
SELECT {source:String}, belts.belt_id, units.month, {batch_id:UInt64}, units.batch_id, units.lines, units.gmv
FROM
(
    SELECT belt_no, month, batch_id, count() AS lines, sum(amount) AS gmv
    FROM load__counted GROUP BY belt_no, month, batch_id
) AS units
LEFT ANY JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
