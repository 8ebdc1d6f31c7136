-- Question: how many sums by belt, month and exclusive combination does a data version have, and of how many belts and months?
-- Grain: one row; area_count: belts, merchants without one, and the nation; month_count: from the first month to the last.
-- Null: never.
WITH {{effective-versions}}
SELECT
    count()                                                              AS row_count,
    uniqExact(level, belt_id)                                            AS area_count,
    if(count() = 0, 0, dateDiff('month', min(month), max(month)) + 1)    AS month_count
FROM rollup_belt_month
WHERE {{visible-rollups}} AND (month, data_version) IN effective_versions
