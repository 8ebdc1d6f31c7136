-- Sums by belt, month and exclusive combination of a whole data version.
SELECT level, belt_id, month AS bucket, combination, orders, pieces, gmv, refund
    FROM rollup_belt_month
    WHERE {{visible-rollups}} AND (month, data_version) IN effective_versions
