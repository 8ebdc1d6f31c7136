-- Both together: where a unit was active. Grain: unit × belt × day or month.
CREATE OR REPLACE VIEW {{name}}_by_belt AS
SELECT no, first_belt AS belt_no, at, own FROM {{name}} WHERE first_belt = last_belt
UNION ALL
SELECT no, belt_no, at, own FROM {{name}}_spread
