-- A table as a source's SELECT would read it, to hear what the engine says of that.
SELECT * FROM {{table}}
