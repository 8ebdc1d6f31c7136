-- Rows that the mapping says to leave out, by the reason that it gives. They are read and counted, and no rule is asked of them.
-- Grain: reason × block of rows (see ignored-rows).
CREATE MATERIALIZED VIEW load__ignored ENGINE = MergeTree ORDER BY reason AS
SELECT
    ignored_because AS reason, count() AS lines, sum(read_quantity) AS quantity, sum(toDecimal128(read_amount, 2)) AS amount,
    min((file_no, file_line)) AS place
FROM load__checked
WHERE ignored_because != ''
GROUP BY reason
