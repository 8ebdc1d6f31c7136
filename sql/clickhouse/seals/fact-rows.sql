-- What the counted lines in force of a source add up to, under the version whose figures are those of their month.
-- Only while no load publishes: lines are published before their figures. Grain: data version × month.
-- months: YYYYMM; none = all.
SELECT of_month.version AS data_version, month, count() AS rows, cityHash64(rows, sum(toInt64(quantity)), sum(toDecimal128(amount, 2))) AS checksum
FROM {{published}}.order_lines AS line FINAL
INNER JOIN
(
    SELECT arrayJoin(months) AS month, max(data_version) AS version
    FROM {{published}}.data_versions
    WHERE source = {source:String}
    GROUP BY month
    HAVING version IN {versions:Array(UInt64)} AND (empty({months:Array(UInt32)}) OR toYYYYMM(month) IN {months:Array(UInt32)})
) AS of_month ON toStartOfMonth(line.placed_day) = of_month.month
WHERE line.source = {source:String} AND line.is_counted
    AND toYYYYMM(line.placed_day) IN (
        SELECT toYYYYMM(arrayJoin(months)) FROM {{published}}.data_versions WHERE source = {source:String} AND data_version IN {versions:Array(UInt64)})
    AND (empty({months:Array(UInt32)}) OR toYYYYMM(line.placed_day) IN {months:Array(UInt32)})
GROUP BY data_version, month
