-- Which columns, of which types, does a SELECT of the source return? Runs nothing.
DESCRIBE TABLE ({{mapping}}) SETTINGS {{limits}}
