-- What the questions of the lines look for in PostgreSQL: the days of a belt, and days.
CREATE INDEX ON lines (belt_id, day);
CREATE INDEX ON lines USING brin (day);
