-- Which committed batches of a source were mapped otherwise than today? Grain: one row. Told from the files of a batch, and from what is kept
-- beside its seals, each where the other is lost. Of batches from before the mapping was recorded (64 spaces) it is not known.
-- Batches that are undone say nothing. files: some of their names; last_is_other: whether the newest files were read so.
SELECT
    groupUniqArrayIf(batch_id, is_other) AS batches,
    arraySlice(groupUniqArrayIf(name, is_other AND name != ''), 1, 5) AS files,
    argMax(is_other, batch_id) AS last_is_other
FROM
(
    SELECT batch_id, name, mapping NOT IN ({mapping:String}, repeat(' ', 64)) AS is_other
    FROM {{published}}.load_files
    WHERE source = {source:String} AND role = 'facts' AND NOT skipped
        AND batch_id IN (SELECT data_version FROM {{published}}.data_versions) AND NOT has({undone:Array(UInt64)}, batch_id)
    UNION ALL
    SELECT data_version, '', checksum != cityHash64({mapping:String})
    FROM {{published}}.seals
    WHERE source = {source:String} AND sealed = 'mapping'
        AND data_version IN (SELECT data_version FROM {{published}}.data_versions) AND NOT has({undone:Array(UInt64)}, data_version)
)
