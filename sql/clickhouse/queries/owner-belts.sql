-- Question: in which belts did the shops of each legal owner sell in the months from one to another?
-- Grain: owner, of whoever sold, with the ids of the belts in their order ('' = none). Rollups lie by belt, so that one owner's rows are found by them
-- in a fifth of the time that it takes to look through all. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT owner_id AS owner, arraySort(groupUniqArray(toString(belt_id))) AS belts
FROM rollup_merchant_month
WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
  AND month BETWEEN {from:Date} AND {to:Date}
  AND (month, data_version) IN effective_versions
GROUP BY owner_id
