-- Question: which data versions has a source published?
-- Grain: data version (= the batch that made it), newest first; from the first with an order line on. Null: never.
SELECT data_version, source, published_at, arraySort(months) AS month_list
FROM data_versions FINAL
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND data_version > 0 AND data_through > toDate(0)
ORDER BY data_version DESC
LIMIT {limit:UInt32}
