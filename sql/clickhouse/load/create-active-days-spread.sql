-- Units that are active in several belts on a day, in each of them. Grain: unit × belt × day.
CREATE OR REPLACE TABLE {{name}}_spread ENGINE = Memory AS
SELECT {{id}} AS no, belt_no, day AS at, groupBitOr(combination) AS own
FROM load__counted
WHERE ({{id}}, day) IN (SELECT no, at FROM {{name}} WHERE first_belt != last_belt)
GROUP BY no, belt_no, at
