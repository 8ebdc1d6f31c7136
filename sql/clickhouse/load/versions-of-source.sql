-- Which versions has a source, what made each, and what became of the batches that made none? Grain: batch, the newest last.
-- act: '' where it made no version, or one from before acts were kept (is_published tells). undone: what is out of force as of it.
SELECT
    greatest(event.batch_id, version.data_version) AS batch_id, event.state AS state, version.data_version > 0 AS is_published,
    if(version.act = '' AND event.fingerprint LIKE 'rebuilt%', 'rebuild', version.act) AS act, version.undone AS undone, version.months AS months
FROM
(
    SELECT batch_id, argMax(state, event_no) AS state, argMax(fingerprint, event_no) AS fingerprint
    FROM {{published}}.load_events WHERE source = {source:String} GROUP BY batch_id
) AS event
FULL JOIN
(
    SELECT * FROM {{published}}.data_versions FINAL WHERE source = {source:String}
) AS version ON event.batch_id = version.data_version
ORDER BY batch_id
