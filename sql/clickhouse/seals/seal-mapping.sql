-- Keeps beside the seals under which mapping a batch read its lines, since the list of files can be lost; and the same of earlier versions
-- of the source that were committed before this was kept. rows: files; checksum: hash of the mapping. It is no seal of rows: no table is
-- called so, and nothing is compared with it. {{behind}}: see seal.
INSERT INTO {{published}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT {source:String}, batch_id, 'mapping', toDate(0), uniqExact(file_no), cityHash64(toString(any(mapping)))
FROM {{published}}.load_files
WHERE source = {source:String} AND role = 'facts' AND NOT skipped AND mapping != repeat(' ', 64)
    AND (batch_id = {batch_id:UInt64} OR batch_id IN (SELECT data_version FROM {{published}}.data_versions WHERE source = {source:String}))
    -- A version that has lost its seals must not look as if it had some.
    AND (batch_id = {batch_id:UInt64} OR batch_id IN (SELECT data_version FROM {{published}}.seals))
    AND batch_id NOT IN (SELECT data_version FROM {{published}}.seals WHERE sealed = 'mapping')
    AND (SELECT count() FROM {{behind}}) >= 0
GROUP BY batch_id
