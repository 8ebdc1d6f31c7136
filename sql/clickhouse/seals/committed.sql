-- Which data versions have been committed, of which sources and with which months? As the journal says; and what is sealed of
-- batches that the journal has lost altogether, for no batch is sealed that it has not begun. Asked before data-versions.
SELECT batch_id AS data_version, last_source AS source, last_months AS months
FROM
(
    SELECT batch_id, argMax(state, event_no) AS last_state, argMax(source, event_no) AS last_source, argMax(months, event_no) AS last_months
    FROM {{published}}.load_events GROUP BY batch_id
)
WHERE last_state = 'committed'
UNION ALL
SELECT data_version, any(seal.source) AS source, arraySort(groupUniqArrayIf(month, month != toDate(0))) AS months
FROM {{published}}.seals AS seal
WHERE data_version NOT IN (SELECT batch_id FROM {{published}}.load_events)
GROUP BY data_version
ORDER BY data_version
