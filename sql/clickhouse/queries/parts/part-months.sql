-- The same of the covered days of the part months.
(
    SELECT
        level, belt_id, combination, orders, pieces, gmv, refund,
        month IN {part_months:Array(Date)} AND day BETWEEN {first_day:Date} AND {last_day:Date} AS in_period,
        month IN {baseline_part_months:Array(Date)}
            AND day BETWEEN {baseline_first_day:Date} AND {baseline_last_day:Date} AS in_baseline
    FROM rollup_belt_day
    WHERE {{rows}}
      AND (month IN {part_months:Array(Date)} OR month IN {baseline_part_months:Array(Date)})
      AND (month, data_version) IN effective_versions
      AND (in_period OR in_baseline)
)
