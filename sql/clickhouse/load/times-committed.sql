-- Is a batch visible to readers? Grain: one row. lines: 0 where it is not.
SELECT count() AS lines FROM {{published}}.data_versions WHERE data_version = {batch_id:UInt64}
