-- How many rows were left out for which reason, and which was the first? Grain: reason, the most first.
SELECT
    reason, sum(ignored.lines) AS lines, sum(ignored.quantity) AS quantity, toString(sum(ignored.amount)) AS amount,
    min(place).1 AS file_no, min(place).2 AS line
FROM load__ignored AS ignored
GROUP BY reason
ORDER BY lines DESC, reason
