-- The first line of a CSV file whose quote stays open to the end of the file (see pair-open-quotes.sql); no row where there is none.
SELECT first AS line
FROM {database:Identifier}.{spans:Identifier}
WHERE file_no = {file_no:UInt16} AND last = 18446744073709551615
ORDER BY first
LIMIT 1
