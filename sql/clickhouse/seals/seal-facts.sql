-- Seals the counted lines in force in the months of a batch, from the rollup that has just been proven to add up to them.
-- {{behind}}: see seal.
INSERT INTO {{published}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT {source:String}, {batch_id:UInt64}, 'order_lines', month, sum(lines) AS counted, cityHash64(counted, toInt64(sum(pieces)), sum(gmv))
FROM {{published}}.rollup_belt_month
WHERE source = {source:String} AND data_version = {batch_id:UInt64} AND level = 'nation' AND (SELECT count() FROM {{behind}}) >= 0
GROUP BY month
