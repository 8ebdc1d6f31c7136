-- A SELECT of a source in the engine's own layout, a clause a line. Nothing of it is run. One row.
SELECT formatQuery({text:String}) AS text
