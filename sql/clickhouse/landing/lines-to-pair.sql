-- How far can open quotes be paired by themselves (pair-open-quotes.sql)? Of so many lines that have to do with quotes, after a
-- given one: how many there are, the last of them from inside which no quote goes on and that opens none (0: there is none), the
-- last, and the first that opens a quote. Grain: one row.
SELECT count() AS marks, maxIf(line, NOT stays AND NOT opens) AS boundary, max(line) AS last, minIf(line, opens) AS first_open
FROM
(
    SELECT line, stays, opens
    FROM {database:Identifier}.{marks:Identifier}
    WHERE file_no = {file_no:UInt16} AND line > {after:UInt64}
    ORDER BY line
    LIMIT {most:UInt64}
)
