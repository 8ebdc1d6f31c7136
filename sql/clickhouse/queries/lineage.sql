-- Question: which batches loaded the lines behind the figures of a period?
-- Grain: batch. belt '' = all belts; else one. lines and gmv: counted lines in force. months: those the batch is in.
-- Null: never; no row = nothing sold.
WITH {{effective-versions}}
SELECT
    batch_id,
    sum(lines)                        AS line_count,
    sum(gmv)                          AS gmv_sum,
    arraySort(groupUniqArray(month))  AS month_list
FROM rollup_lineage
WHERE source = {scope_source:String} AND ({belt:String} = '' OR belt_id = {belt:String})
  AND ({scope_everything:UInt8} = 1 OR ({belt:String} != '' AND belt_id IN {scope_belts:Array(String)}))
  AND month BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY batch_id
ORDER BY line_count DESC, batch_id
