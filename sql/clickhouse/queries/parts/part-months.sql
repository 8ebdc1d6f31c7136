-- The same of the covered days of the part months.
(
    SELECT
        level, belt_id, combination, orders, pieces, gmv, refund,
        day IN {part_days:Array(Date)}          AS in_period,
        day IN {baseline_part_days:Array(Date)} AS in_baseline
    FROM rollup_belt_day
    WHERE {{rows}}
      AND (month IN {part_months:Array(Date)} OR month IN {baseline_part_months:Array(Date)})
      AND (month, data_version) IN effective_versions
      AND (in_period OR in_baseline)
)
