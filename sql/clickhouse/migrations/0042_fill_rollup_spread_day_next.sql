-- The rows as they are.
INSERT INTO {{emptied}}.rollup_spread_day_next (source, unit, month, data_version, belt_id, day, unit_no, combination)
SELECT source, unit, month, data_version, belt_id, day, unit_no, combination
FROM {{database}}.rollup_spread_day
