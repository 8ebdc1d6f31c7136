-- What would the figures of some months be, were they again what they were before a version ({since:UInt64}; 0 = nothing at all)? Grain: month.
-- Counted lines, their orders and GMV, of the whole source. {months:Array(UInt32)}: YYYYMM.
WITH
    versions AS
    (
        SELECT
            arrayJoin(months) AS month,
            max(data_version) AS now_version,
            maxIf(data_version, data_version < {since:UInt64}) AS before_version
        FROM {{published}}.data_versions
        WHERE source = {source:String}
        GROUP BY month
        HAVING toYYYYMM(month) IN {months:Array(UInt32)}
    )
SELECT
    toYYYYMM(versions.month) AS month,
    sumIf(sums.lines, sums.data_version = now_version) AS lines_before,
    sumIf(sums.lines, sums.data_version = before_version) AS lines_after,
    sumIf(sums.orders, sums.data_version = now_version) AS orders_before,
    sumIf(sums.orders, sums.data_version = before_version) AS orders_after,
    toString(sumIf(sums.gmv, sums.data_version = now_version)) AS gmv_before,
    toString(sumIf(sums.gmv, sums.data_version = before_version)) AS gmv_after
FROM versions
LEFT JOIN
(
    SELECT month, data_version, lines, orders, gmv
    FROM {{published}}.rollup_belt_month
    WHERE source = {source:String} AND level = 'nation' AND toYYYYMM(month) IN {months:Array(UInt32)}
) AS sums ON versions.month = sums.month
GROUP BY versions.month
ORDER BY month
