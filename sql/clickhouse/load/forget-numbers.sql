-- Forgets the numbers of a source's merchants and buyers: of a batch that gives all of them anew, and rolls up every month
-- under them.
ALTER TABLE {{published}}.unit_numbers DELETE WHERE source = {source:String} AND data_version < {batch_id:UInt64}
SETTINGS mutations_sync = 2
