-- Question: which versions has a source published up to one of them, when in its own time zone, and which months did each make anew?
-- Grain: data version, the oldest first; of the whole source, for who may see all of it. Versions and dates only, no figures: it is what is known before anything of a month is read.
-- first_days, last_days: of each of month_list the first and the last day with a line in force, 1970-01-01 where none is left; empty in
-- versions from before this was kept. Null: never.
SELECT
    data_version,
    formatDateTime(published_at, '%F', {time_zone:String}) AS published_on,
    data_through,
    months     AS month_list,
    first_days AS first_list,
    last_days  AS last_list
FROM data_versions FINAL
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND data_version BETWEEN 1 AND {data_version:UInt64}
ORDER BY data_version
