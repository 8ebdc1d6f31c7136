-- Which batches of which sources does the journal call committed, and with which months? Asked before data-versions.
SELECT batch_id AS data_version, last_source AS source, last_months AS months
FROM
(
    SELECT batch_id, argMax(state, event_no) AS last_state, argMax(source, event_no) AS last_source, argMax(months, event_no) AS last_months
    FROM {{published}}.load_events GROUP BY batch_id
)
WHERE last_state = 'committed'
ORDER BY data_version
