-- The rows as they are.
INSERT INTO {{emptied}}.rollup_active_month_next (source, unit, level, belt_id, track_bit, month, data_version, active)
SELECT source, unit, level, belt_id, track_bit, month, data_version, active
FROM {{database}}.rollup_active_month
