ALTER TABLE {{published}}.{{target}} DELETE WHERE {{version_column}} = {batch_id:UInt64} SETTINGS mutations_sync = 2
