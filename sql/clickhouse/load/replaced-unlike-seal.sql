-- Of which of some versions of a source are the lines that they took out of force not what was kept? Grain: version.
-- sealed_rows: null where nothing was kept of them, because the version was made before that, or has lost its seals.
SELECT version.data_version AS data_version, seal.rows AS sealed_rows, found.rows AS found_rows
FROM
(
    SELECT arrayJoin({versions:Array(UInt64)}) AS data_version
) AS version
LEFT JOIN
(
    SELECT data_version, toNullable(rows) AS rows, checksum FROM {{published}}.seals WHERE source = {source:String} AND sealed = 'replaced_lines'
) AS seal ON version.data_version = seal.data_version
LEFT JOIN
(
    SELECT replaced_by, count() AS rows, sum(cityHash64(tuple(* EXCEPT (source, replaced_by)))) AS checksum
    FROM {{published}}.replaced_lines
    WHERE source = {source:String} AND replaced_by IN {versions:Array(UInt64)}
    GROUP BY replaced_by
) AS found ON version.data_version = found.replaced_by
WHERE sealed_rows IS NULL OR sealed_rows != found_rows OR seal.checksum != found.checksum
ORDER BY data_version
