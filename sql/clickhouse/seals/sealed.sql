-- Which data versions of which sources are sealed, and in which months? Grain: data version.
SELECT data_version, any(seal.source) AS source, arraySort(groupUniqArrayIf(month, month != toDate(0))) AS months, 1 AS flag
FROM {{published}}.seals AS seal
WHERE data_version > 0
GROUP BY data_version
ORDER BY data_version
