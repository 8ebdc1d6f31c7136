-- Question: which sources have ever been loaded, successfully or not; which one does a batch belong to?
-- Grain: source, the one loaded last first. batch_id 0 = any batch. It is what a scope is made from, so it is not
-- restricted to one; names only, no figures. Null: never.
SELECT source, max(batch_id) AS newest_batch
FROM load_events
WHERE ({batch_id:UInt64} = 0 OR batch_id = {batch_id:UInt64})
GROUP BY source
ORDER BY newest_batch DESC, source
