-- The rows as they are.
INSERT INTO {{emptied}}.rollup_belt_day_next (source, level, belt_id, month, day, combination, data_version, lines, orders, merchants, buyers, pieces, gmv, refund)
SELECT source, level, belt_id, month, day, combination, data_version, lines, orders, merchants, buyers, pieces, gmv, refund
FROM {{database}}.rollup_belt_day
