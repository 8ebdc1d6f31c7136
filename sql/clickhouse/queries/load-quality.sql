-- Question: what did the loads of a source come to, up to a data version, and how far apart were they?
-- Grain: one row, of row_count committed loads that are in force (neither undone nor an undo), each as of its newest event. rejected: by count of lines. warnings: by rule, over all of them. longest_gap: seconds
-- between a publication and the next one, 0 where there are fewer than two. Only for a scope of everything: a load has no belt; else all is 0.
-- mapping_count: how many mappings files of orders were read under. Null: never.
SELECT
    count() AS row_count,
    sum(read_lines) AS read_line_count, sum(loaded_lines) AS loaded_line_count,
    sum(superseded_lines) AS superseded_line_count, sum(rejected_lines) AS rejected_line_count,
    sum(arraySum(one -> one.lines, mapValues(ignored))) AS ignored_line_count,
    sumMap(CAST(warnings, 'Map(String, UInt64)')) AS warning_counts,
    (
        SELECT arrayMax(arrayDifference(arraySort(groupArray(toUnixTimestamp(published_at)))))
        FROM data_versions FINAL
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND data_version > 0 AND data_version <= {data_version:UInt64}
    ) AS longest_gap,
    (
        SELECT uniqExactIf(mapping, trimRight(mapping) != '')
        FROM load_files FINAL
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND role = 'facts' AND NOT skipped
          AND batch_id IN (SELECT data_version FROM data_versions WHERE source = {scope_source:String} AND {{versions-in-force}})
    ) AS mapping_count
FROM
(
    SELECT state, read_lines, loaded_lines, superseded_lines, rejected_lines, ignored, warnings
    FROM load_events
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND batch_id <= {data_version:UInt64}
      AND batch_id NOT IN (SELECT data_version FROM data_versions WHERE source = {scope_source:String} AND (NOT ({{versions-in-force}}) OR act IN ('undo', 'purge')))
    ORDER BY batch_id, event_no DESC
    LIMIT 1 BY batch_id
)
WHERE state = 'committed'
