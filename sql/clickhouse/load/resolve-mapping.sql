-- What the engine makes of a SELECT of a source: each function and table under its own name, whatever it was called by. A
-- node a row. Constants, and subqueries that give one value, are computed for it.
SELECT explain FROM (EXPLAIN QUERY TREE passes = 1 {{mapping}}) SETTINGS {{limits}}
