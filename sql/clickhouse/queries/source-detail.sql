-- Question: what does a source declare of itself, where does its data begin, and how much is it?
-- Grain: one row. belts, merchants and lines (counted ones) are those of the scope: of everything also merchants without a belt; first_day is the source's own;
-- loaded_months: first days of the months with a line in force, counted or not; loaded_from, loaded_through: the first and the
-- last day with one in each. Of versions from before these were kept: all their months, from the first to the last day with
-- a counted line, or whole where there is none.
-- Null: never; a source without a declaration at this version has no row.
WITH {{effective-versions}},
counted_days AS
(
    SELECT month, min(day) AS first_counted, max(day) AS last_counted
    FROM rollup_belt_day
    WHERE source = {scope_source:String} AND level = 'belt' AND (month, data_version) IN effective_versions
    GROUP BY month
),
spans AS
(
    SELECT
        named.month AS month,
        -- An outer join gives 1970-01-01 where a month has no counted line.
        multiIf(named.is_kept, named.first_effective, first_counted > toDate(0), first_counted, named.month) AS first_day,
        multiIf(named.is_kept, named.last_effective, last_counted > toDate(0), last_counted, toLastDayOfMonth(named.month)) AS last_day
    FROM
    (
        SELECT month, any(notEmpty(first_days)) AS is_kept, any(first_days[place]) AS first_effective, any(last_days[place]) AS last_effective
        FROM data_versions
        ARRAY JOIN months AS month, arrayEnumerate(months) AS place
        WHERE source = {scope_source:String} AND (month, data_version) IN effective_versions
        GROUP BY month
    ) AS named
    LEFT JOIN counted_days ON named.month = counted_days.month
    WHERE NOT named.is_kept OR named.first_effective > toDate(0)
    ORDER BY month
)
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
        WHERE {{visible-belts}} AND {{versions-in-force}}
    ) AS belt_count,
    (
        SELECT uniqExact(merchant_id)
        FROM merchants
        WHERE source = {scope_source:String} AND {{versions-in-force}}
          AND ({scope_everything:UInt8} = 1
               OR merchant_id IN (SELECT merchant_id FROM memberships WHERE {{visible-belts}} AND {{versions-in-force}}))
    ) AS merchant_count,
    (
        SELECT sum(lines)
        FROM rollup_belt_month
        WHERE {{visible-belts}} AND level = 'belt' AND (month, data_version) IN effective_versions
    ) AS line_count,
    (SELECT groupArray(month) FROM spans)     AS loaded_months,
    (SELECT groupArray(first_day) FROM spans) AS loaded_from,
    (SELECT groupArray(last_day) FROM spans)  AS loaded_through
FROM sources
WHERE source = {scope_source:String} AND {{versions-in-force}}
GROUP BY source
