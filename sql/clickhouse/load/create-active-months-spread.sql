-- The same by month, from the days of units in several belts. Grain: unit × belt × month.
CREATE OR REPLACE TABLE {{name}}_spread ENGINE = Memory AS
SELECT no, belt_no, toStartOfMonth(days.at) AS at, groupBitOr(own) AS own
FROM {{days}}_by_belt AS days
WHERE (no, toStartOfMonth(days.at)) IN (SELECT no, at FROM {{name}} WHERE first_belt != last_belt)
GROUP BY no, belt_no, at
