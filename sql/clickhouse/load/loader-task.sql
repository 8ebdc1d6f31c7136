-- What is there for a loader to do when the server starts? Grain: one row. published: versions that can be read; committed: what tells
-- that there have been some; unfinished: batches that are neither done nor given up.
SELECT
    (SELECT count() FROM {{published}}.data_versions) AS published,
    (SELECT count() FROM {{published}}.load_events WHERE state = 'committed')
        + (SELECT count() FROM {{published}}.seals WHERE data_version NOT IN (SELECT batch_id FROM {{published}}.load_events))
        + (SELECT count() FROM {{published}}.sources WHERE (SELECT count() FROM {{published}}.load_events) = 0) AS committed,
    (
        SELECT count()
        FROM (SELECT argMax(state, event_no) AS newest FROM {{published}}.load_events GROUP BY batch_id)
        WHERE newest IN ('landing', 'checking', 'publishing')
    ) AS unfinished
