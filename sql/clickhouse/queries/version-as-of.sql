-- Question: which data version of a source was the current one at the end of a day in a time zone?
-- Grain: one row, or none where nothing had been published by then. It is what a vintage is made from: versions and dates
-- only, no figures. Null: never.
SELECT
    max(data_version)                  AS newest,
    argMax(published_at, data_version) AS newest_published_at,
    argMax(data_through, data_version) AS newest_data_through
FROM data_versions
WHERE source = {source:String}
  AND published_at < toDateTime64(concat(toString(addDays({as_of:Date}, 1)), ' 00:00:00'), 3, {time_zone:String})
HAVING count() > 0
