-- Which databases have a name that fits a pattern? Grain: database.
SELECT name FROM system.databases WHERE match(name, {pattern:String})
