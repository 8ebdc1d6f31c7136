-- Which batches of which sources does the journal know, with which months, and which does it call committed (flag)?
SELECT data_version, last_source AS source, last_months AS months, toUInt8(last_state = 'committed') AS flag
FROM
(
    SELECT batch_id AS data_version, argMax(state, event_no) AS last_state, argMax(source, event_no) AS last_source,
        argMax(months, event_no) AS last_months
    FROM {{published}}.load_events WHERE batch_id > 0 GROUP BY batch_id
)
ORDER BY data_version
