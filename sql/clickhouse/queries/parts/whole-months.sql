-- What was sold in the whole months of a period and of its baseline, and in which of the two; `rows` are those that may be seen.
(
    SELECT
        level, belt_id, combination, orders, pieces, gmv, refund,
        month IN {months:Array(Date)}          AS in_period,
        month IN {baseline_months:Array(Date)} AS in_baseline
    FROM rollup_belt_month
    WHERE {{rows}}
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
      AND (month, data_version) IN effective_versions
)
