-- Can a SELECT of a source be run at all? Plans it as a load does, with the rights that it has there, and takes no row.
SELECT * FROM {{view}} LIMIT 0 SETTINGS {{limits}}
