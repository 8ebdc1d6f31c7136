-- Is there a table of this name in a database? Grain: its row, or none.
SELECT name FROM system.tables WHERE database = {database:String} AND name = {table:String}
