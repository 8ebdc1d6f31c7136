-- Where do the rows of {{table}} not add up to their seal? Grain: data version × month. months: YYYYMM, none = all.
SELECT data_version, month, sumIf(rows, is_seal) AS sealed_rows, sumIf(rows, NOT is_seal) AS found_rows
FROM
(
    SELECT data_version, month, rows, checksum, true AS is_seal
    FROM {{published}}.seals
    WHERE source = {source:String} AND sealed = '{{table}}' AND data_version IN {versions:Array(UInt64)}
        AND (empty({months:Array(UInt32)}) OR toYYYYMM(month) IN {months:Array(UInt32)})
    UNION ALL
    SELECT data_version, month, rows, checksum, false FROM ({{rows}})
)
GROUP BY data_version, month
HAVING sealed_rows != found_rows OR sumIf(checksum, is_seal) != sumIf(checksum, NOT is_seal)
ORDER BY data_version, month
