-- Which data versions are published, with which months, and is any of their rows sealed (flag)? Grain: data version.
-- {{seals}}: the table of seals, or none of its rows where it cannot be read.
SELECT data_version, source, months, data_version IN (SELECT data_version FROM {{published}}.{{seals}}) AS flag
FROM {{published}}.data_versions
WHERE data_version > 0 -- no version has the number that another table's rows are given here
ORDER BY data_version
LIMIT 1 BY data_version
