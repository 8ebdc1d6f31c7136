-- Question: how many sums by belt, month and exclusive combination does a data version have?
-- Grain: one row. Null: never.
WITH {{effective-versions}}
SELECT count() AS row_count
FROM rollup_belt_month
WHERE {{visible-rollups}} AND (month, data_version) IN effective_versions
