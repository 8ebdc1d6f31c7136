-- The same by month, from the days. Grain: unit × month.
CREATE OR REPLACE TABLE {{name}} ENGINE = Memory AS
SELECT no, toStartOfMonth(days.at) AS at, groupBitOr(own) AS own, min(first_belt) AS first_belt, max(last_belt) AS last_belt
FROM {{days}} AS days
GROUP BY no, at
