-- Which data versions are published, with which months, and is any of their rows sealed? Grain: data version.
SELECT data_version, source, months, data_version IN (SELECT data_version FROM {{published}}.seals) AS is_sealed
FROM {{published}}.data_versions
ORDER BY data_version
LIMIT 1 BY data_version
