-- The syntax tree of a SELECT of a source, a node a row, a space more for each level. Nothing of it is run.
SELECT explain FROM (EXPLAIN AST {{mapping}}) SETTINGS {{limits}}
