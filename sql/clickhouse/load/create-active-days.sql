-- Days on which a merchant or buyer ({{id}}) is active, with its own combination. Grain: unit × day. Nearly all are active in
-- one belt a day (first_belt = last_belt); in which the others are is in {{name}}_spread. Who has no number is nobody: a buyer that the source does not tell.
CREATE OR REPLACE TABLE {{name}} ENGINE = Memory AS
SELECT {{id}} AS no, day AS at, groupBitOr(combination) AS own, min(belt_no) AS first_belt, max(belt_no) AS last_belt
FROM load__counted
WHERE {{id}} > 0
GROUP BY no, at
