-- Of which published versions has the journal of loads lost what it kept? No figure is read from any of it. Grain: one row.
-- events: no event of the load is left; files: no file of a load that read lines is; rejects: fewer rejected rows than the load counted.
-- unmapped: of files, those of which it is not kept beside the seals either under which mapping they were read.
-- Null: never.
SELECT
    (
        SELECT arraySort(groupUniqArray(data_version)) FROM {{published}}.data_versions
        WHERE data_version > 0 AND data_version NOT IN (SELECT batch_id FROM {{published}}.load_events)
    ) AS events,
    arraySort(groupArrayIf(batch_id, read_lines > 0 AND batch_id NOT IN (SELECT batch_id FROM {{published}}.load_files))) AS files,
    arraySort(groupArrayIf(batch_id, read_lines > 0 AND batch_id NOT IN (SELECT batch_id FROM {{published}}.load_files)
        AND batch_id NOT IN (SELECT data_version FROM {{published}}.seals WHERE sealed = 'mapping'))) AS unmapped,
    arraySort(groupArrayIf(batch_id, rejected_lines > ifNull(kept_rows, 0))) AS rejects
FROM
(
    SELECT batch_id, read_lines, rejected_lines FROM {{published}}.load_events
    WHERE batch_id IN (SELECT data_version FROM {{published}}.data_versions)
    ORDER BY event_no DESC LIMIT 1 BY batch_id
) AS newest
LEFT JOIN (SELECT batch_id, count() AS kept_rows FROM {{published}}.quarantine GROUP BY batch_id) AS kept USING (batch_id)
