-- What all rows up to each of some data versions of a source add up to in {{table}}. Grain: data version; none without rows.
SELECT version AS data_version, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
FROM
(
    SELECT data_version AS added_at, count() AS added, sum(cityHash64(tuple({{columns}}))) AS added_checksum
    FROM {{published}}.{{table}} {{final}}
    WHERE source = {source:String} AND data_version <= arrayMax({versions:Array(UInt64)})
    GROUP BY added_at
) AS additions
CROSS JOIN (SELECT arrayJoin({versions:Array(UInt64)}) AS version) AS versions
WHERE added_at <= version
GROUP BY data_version
