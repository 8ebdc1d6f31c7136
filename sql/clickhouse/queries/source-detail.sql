-- Question: what does a source declare of itself, where does its data begin, and how much is it?
-- Grain: one row. belts, merchants and lines (counted ones) are those of the scope; first_day is the source's own;
-- loaded_months: first days of the months that loads have brought lines of, or have taken some from.
-- Null: never; a source without a declaration at this version has no row.
WITH {{effective-versions}}
SELECT
    argMax(name_zh, data_version)      AS name_zh,
    argMax(name_en, data_version)      AS name_en,
    argMax(currency, data_version)     AS currency,
    argMax(time_zone, data_version)    AS time_zone,
    argMax(home_country, data_version) AS home_country,
    (
        SELECT min(day)
        FROM rollup_belt_day
        WHERE source = {scope_source:String} AND level = 'belt' AND (month, data_version) IN effective_versions
    ) AS first_day,
    (
        SELECT uniqExact(belt_id)
        FROM belts
        WHERE {{visible-belts}} AND data_version <= {data_version:UInt64}
    ) AS belt_count,
    (
        SELECT uniqExact(merchant_id)
        FROM memberships
        WHERE {{visible-belts}} AND data_version <= {data_version:UInt64}
    ) AS merchant_count,
    (
        SELECT sum(lines)
        FROM rollup_belt_month
        WHERE {{visible-belts}} AND level = 'belt' AND (month, data_version) IN effective_versions
    ) AS line_count,
    (SELECT arraySort(groupUniqArray(month)) FROM effective_versions) AS loaded_months
FROM sources
WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
GROUP BY source
