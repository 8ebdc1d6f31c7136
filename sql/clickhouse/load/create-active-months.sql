-- The same by month, from the days.
CREATE OR REPLACE TABLE {{name}} ENGINE = MergeTree ORDER BY tuple() AS
SELECT no, belt_no, toStartOfMonth(days.at) AS at, groupBitOr(own) AS own
FROM {{days}} AS days
GROUP BY no, belt_no, at
