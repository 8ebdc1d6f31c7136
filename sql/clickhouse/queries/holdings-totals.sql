-- Question: what must holdings of a month come to, by belt and exclusive combination of tracks?
-- Grain: belt ('' = merchants without a belt) × combination: the sums that figures are made of. gmv and refund in hundredths. orders: those of shops, of which one of
-- several shops is one for each. is_of_version: 0 where a line of the month was brought by a load after the version that is asked for;
-- then holdings, which are read from the lines in force, are of a later one. Of the whole source, for who may see all of it.
-- Null: never; no row = nothing counted.
WITH {{effective-versions}}
SELECT
    belt_id, combination,
    sum(cents)        AS gmv,
    sum(piece_count)  AS pieces,
    sum(order_count)  AS orders,
    sum(refund_cents) AS refund,
    (
        SELECT count() = 0
        FROM order_lines
        WHERE source = {scope_source:String} AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1)
          AND batch_id > {data_version:UInt64}
    ) AS is_of_version
FROM
(
    SELECT
        toString(belt_id) AS belt_id, combination,
        toInt64(gmv * 100) AS cents, toInt64(pieces) AS piece_count, 0::Int64 AS order_count, toInt64(refund * 100) AS refund_cents
    FROM rollup_belt_month
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND level = 'belt' AND month = {month:Date}
      AND (month, data_version) IN effective_versions
    UNION ALL
    SELECT toString(belt_id), combination, 0, 0, toInt64(orders), 0
    FROM rollup_merchant_month
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND month = {month:Date}
      AND (month, data_version) IN effective_versions
)
GROUP BY belt_id, combination
HAVING gmv != 0 OR pieces != 0 OR orders != 0 OR refund != 0
ORDER BY belt_id, combination
