-- Which rules reject most rows of a role, each with its first example? For the end of a load, and the message of a refused one.
SELECT rule, field, rows, place.1 AS file_no, place.2 AS line, value
FROM
(
    SELECT fault.rule AS rule, fault.field AS field, count() AS rows, min((file_no, line)) AS place, argMin(fault.value, (file_no, line)) AS value
    FROM load__rejects
    ARRAY JOIN faults AS fault
    WHERE role = {role:String}
    GROUP BY rule, field
)
ORDER BY rows DESC, rule, field
LIMIT 10
