-- The latest loads and what became of them, the newest first. Grain: batch.
SELECT batch_id, source, state, started_at, read_lines, loaded_lines, superseded_lines, rejected_lines, arraySum(one -> one.lines, mapValues(ignored)) AS ignored_lines, message
FROM
(
    SELECT * FROM {{published}}.load_events ORDER BY batch_id DESC, event_no DESC LIMIT 1 BY batch_id
)
ORDER BY batch_id DESC
LIMIT 20
