-- Question: what became of the loads of a source?
-- Grain: batch, newest first, as of its newest event. batch_id 0 = all; before 0 = from the newest (keyset: batches below).
-- published: 1 where the batch made a data version; act, actor, reason: what that says of itself, '' where it made none, or one from before acts were kept.
-- ignored_*: rows that the mapping said to leave out, in all, and how many by reason.
-- undone: 1 where a later version has taken it out of force. Only for a scope of everything: a load has no belt.
-- Null: finished_at while the batch is under way.
SELECT
    batch_id, source, state, started_at, finished_at, message, arraySort(months) AS month_list,
    read_lines, loaded_lines, superseded_lines, rejected_lines,
    read_quantity, loaded_quantity, superseded_quantity, rejected_quantity,
    read_amount, loaded_amount, superseded_amount, rejected_amount,
    warnings,
    arraySum(one -> one.lines, mapValues(ignored)) AS ignored_lines, arraySum(one -> one.quantity, mapValues(ignored)) AS ignored_quantity,
    arraySum(one -> one.amount, mapValues(ignored)) AS ignored_amount,
    mapKeys(ignored) AS ignored_reasons, arrayMap(one -> one.lines, mapValues(ignored)) AS ignored_counts,
    version.data_version > 0 AS published, version.act AS act, version.actor AS actor, version.reason AS reason,
    has((SELECT argMax(undone, data_version) FROM data_versions WHERE source = {scope_source:String}), batch_id) AS undone
FROM
(
    SELECT *
    FROM load_events
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND ({batch_id:UInt64} = 0 OR batch_id = {batch_id:UInt64})
      AND ({before:UInt64} = 0 OR batch_id < {before:UInt64})
    ORDER BY batch_id DESC, event_no DESC
    LIMIT 1 BY batch_id
    LIMIT {limit:UInt32}
) AS event
LEFT JOIN
(
    SELECT data_version, any(act) AS act, any(actor) AS actor, any(reason) AS reason
    FROM data_versions
    WHERE source = {scope_source:String} AND data_version > 0
    GROUP BY data_version
) AS version ON event.batch_id = version.data_version
ORDER BY batch_id DESC
SETTINGS join_use_nulls = 0
