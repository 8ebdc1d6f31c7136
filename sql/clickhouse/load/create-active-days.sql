-- Days on which a merchant or buyer ({{id}}) is active in a belt, with its own combination there. Grain: unit × belt × day.
CREATE OR REPLACE TABLE {{name}} ENGINE = MergeTree ORDER BY tuple() AS
SELECT {{id}} AS no, belt_no, day AS at, groupBitOr(combination) AS own
FROM load__counted
GROUP BY no, belt_no, at
