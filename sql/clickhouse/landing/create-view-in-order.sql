-- The same of a lookup, read in the order of its files and lines: of several rows of one key, LEFT ANY JOIN (and any(), LIMIT)
-- takes the first that it meets, which must be the same one in each load. The facts are many, and each of them gives a line anyway.
CREATE OR REPLACE VIEW {database:Identifier}.{view:Identifier} AS
SELECT * FROM
(
    {{rows}}
)
ORDER BY _file_no, _line
