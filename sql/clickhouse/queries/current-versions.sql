-- Question: which sources have published data, as of which version, and through which day?
-- Grain: source. It is what a scope is made from, so it is not restricted to one; dates and versions only, no figures.
-- Order: first published with a line first. The first answers questions that name no source, so a later one never takes its place.
-- seen: numbers of versions, one a source at most, that the asker has seen before. seen_published_at: when that one of the source was
-- published. Null: where none was seen, or what was seen is no longer here: the store is another, whatever number it is at.
-- A source that has published nothing has no row; nor has one whose loads brought no order line yet (files of a header alone): it has no
-- last day, and would be told as of 1970.
SELECT
    source,
    max(data_version)                  AS newest,
    argMax(published_at, data_version) AS newest_published_at,
    argMax(data_through, data_version) AS newest_data_through,
    maxOrNullIf(published_at, data_version IN {seen:Array(UInt64)}) AS seen_published_at
FROM data_versions
WHERE data_version > 0 -- no version has the number that rows of another table's are read with
GROUP BY source
HAVING newest_data_through > toDate(0)
ORDER BY minIf(data_version, data_through > toDate(0)), source
