-- Parts of {{target}} that hold columns which it does not have: another table's, put there by hand or by a disk. Grain: part.
SELECT name AS part, any(rows) AS lines
FROM system.parts_columns
WHERE database = '{{published}}' AND table = '{{target}}' AND active
    AND NOT startsWith(column, '_') -- the engine's own
    AND column NOT IN (SELECT name FROM system.columns WHERE database = '{{published}}' AND table = '{{target}}')
GROUP BY part
ORDER BY part
