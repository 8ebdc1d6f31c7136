-- Totals of each rollup under the batch's version: all must be those of the counted lines in force. Grain: rollup × level.
SELECT 'rollup_belt_day' AS rollup, level, sum(lines) AS lines, sum(pieces) AS pieces, toString(sum(gmv)) AS gmv
FROM {{published}}.rollup_belt_day WHERE source = {source:String} AND data_version = {batch_id:UInt64} GROUP BY level
UNION ALL
SELECT 'rollup_belt_month', level, sum(lines), sum(pieces), toString(sum(gmv))
FROM {{published}}.rollup_belt_month WHERE source = {source:String} AND data_version = {batch_id:UInt64} GROUP BY level
UNION ALL
SELECT 'rollup_merchant_month', '', sum(lines), sum(pieces), toString(sum(gmv))
FROM {{published}}.rollup_merchant_month WHERE source = {source:String} AND data_version = {batch_id:UInt64}
UNION ALL
SELECT 'rollup_lineage', '', sum(lines), NULL, toString(sum(gmv))
FROM {{published}}.rollup_lineage WHERE source = {source:String} AND data_version = {batch_id:UInt64}
UNION ALL
SELECT 'rollup_sku_month', '', sum(lines), sum(pieces), toString(sum(gmv))
FROM {{published}}.rollup_sku_month WHERE source = {source:String} AND data_version = {batch_id:UInt64}
