-- Whose is a batch? Grain: one row, or none.
SELECT source FROM {{published}}.load_events WHERE batch_id = {batch_id:UInt64} LIMIT 1
