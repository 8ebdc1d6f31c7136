-- Deletes what a batch wrote under its version; nothing of one that is committed, whoever asks, however late.
ALTER TABLE {{published}}.{{target}} DELETE WHERE {{version_column}} = {batch_id:UInt64}
    AND {batch_id:UInt64} NOT IN (SELECT data_version FROM {{published}}.data_versions)
SETTINGS mutations_sync = 2
