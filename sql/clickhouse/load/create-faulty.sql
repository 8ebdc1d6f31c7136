-- Rows that break a rule, with what they break. Grain: row of the facts.
CREATE MATERIALIZED VIEW load__faulty ENGINE = MergeTree ORDER BY (file_no, file_line) AS
SELECT file_no, file_line, faults, read_quantity, read_amount
FROM load__checked
WHERE source = ''
