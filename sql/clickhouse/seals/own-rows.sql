-- What the rows of some data versions of a source add up to in {{table}}. Grain: data version × month.
SELECT data_version, month, count() AS rows, sum(cityHash64(tuple({{columns}}))) AS checksum
FROM {{published}}.{{table}}
WHERE source = {source:String} AND data_version IN {versions:Array(UInt64)}
GROUP BY data_version, month
