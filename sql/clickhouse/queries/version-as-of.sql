-- Question: which data version of a source was the current one at the end of a day in a time zone?
-- Grain: one row, or none where nothing, or no order line, had been published by then, or all of it was taken out of force. It is what a vintage is made from: versions and dates
-- only, no figures. Days are compared as text YYYY-MM-DD: the engine's dates end in 2149 and wrap. Null: never.
SELECT
    max(data_version)                  AS newest,
    argMax(published_at, data_version) AS newest_published_at,
    argMax(data_through, data_version) AS newest_data_through
FROM data_versions
WHERE source = {source:String}
  AND formatDateTime(published_at, '%F', {time_zone:String}) <= {as_of:String}
HAVING newest_data_through > toDate(0)
