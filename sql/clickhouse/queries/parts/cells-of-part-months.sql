-- The same of runs of days: `part_buckets`, the months that they stand for, with each run's first and last day.
SELECT
        level, belt_id, bucket, combination,
        sum(day_cell.orders) AS orders, sum(day_cell.pieces) AS pieces, sum(day_cell.gmv) AS gmv, sum(day_cell.refund) AS refund
    FROM rollup_belt_day AS day_cell
    ARRAY JOIN
        {part_buckets:Array(Date)} AS bucket,
        {part_from:Array(Date)}    AS first_day,
        {part_to:Array(Date)}      AS last_day
    WHERE {{visible-rollups}}
      AND month >= toStartOfMonth(arrayMin({part_from:Array(Date)})) AND month <= arrayMax({part_to:Array(Date)})
      AND day BETWEEN first_day AND last_day
      AND (month, data_version) IN effective_versions
    GROUP BY level, belt_id, bucket, combination
