-- Which functions give another value at another time for the same arguments? Grain: name, in small letters.
SELECT lower(name) AS name FROM system.functions WHERE NOT deterministic
