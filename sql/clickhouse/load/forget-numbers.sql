-- Forgets the numbers of a source's merchants and buyers, and the seals of them: of a batch that gives all of them anew, and
-- rolls up every month under them.
ALTER TABLE {{published}}.{{target}} DELETE
WHERE source = {source:String} AND data_version < {batch_id:UInt64} {{which}}
SETTINGS mutations_sync = 2
