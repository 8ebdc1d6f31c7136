-- What became of each batch? Grain: batch, its newest event, the oldest batch first. started, finished: milliseconds since 1970.
SELECT *, toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(finished_at) AS finished
FROM {{published}}.load_events
ORDER BY batch_id, event_no DESC
LIMIT 1 BY batch_id
