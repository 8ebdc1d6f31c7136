-- Can a SELECT of the source be run at all? Plans it as a load does, and takes no row.
SELECT * FROM ({{mapping}}) LIMIT 0 SETTINGS {{limits}}
