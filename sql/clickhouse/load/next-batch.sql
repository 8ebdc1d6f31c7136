-- Which number does the next batch get? Grain: one row. One above all that are known, beside the journal too: where that is lost,
-- the number of a published version must not come again.
SELECT toUInt64(greatest(
    (SELECT max(toUInt64(batch_id)) FROM {{published}}.load_events),
    (SELECT max(toUInt64(batch_id)) FROM {{published}}.load_files),
    (SELECT max(toUInt64(data_version)) FROM {{published}}.data_versions),
    (SELECT max(toUInt64(data_version)) FROM {{published}}.seals)) + 1) AS next
