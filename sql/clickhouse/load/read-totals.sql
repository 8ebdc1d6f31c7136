-- What the files hold, summed up (see create-read). Grain: one row.
SELECT sum(lines) AS lines, sum(quantity) AS quantity, toString(sum(amount)) AS amount, sum(places) AS places
FROM load__read
