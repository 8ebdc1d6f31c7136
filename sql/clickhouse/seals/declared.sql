-- Which batches of which sources have declared their source? Asked where the list, the journal and the seals are all empty: a
-- load journals before it writes anything, so what is here then is of versions that all three have lost. Grain: data version.
SELECT DISTINCT data_version, source, [] AS months, 1 AS flag
FROM {{published}}.sources
WHERE data_version > 0
ORDER BY data_version
