-- Question: how many rows by merchant, month and exclusive combination of tracks does a data version have, and how many of them the largest belt?
-- Grain: one row. Merchants without a belt count as one belt. Null: never.
WITH {{effective-versions}}
SELECT sum(rows_of_belt) AS row_count, max(rows_of_belt) AS largest_belt
FROM
(
    SELECT count() AS rows_of_belt
    FROM rollup_merchant_month
    WHERE source = {scope_source:String}
      AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
      AND (month, data_version) IN effective_versions
    GROUP BY belt_id
)
