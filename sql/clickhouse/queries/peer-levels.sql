-- Question: what did each legal owner sell in weighted months, of which a recovery level is made?
-- Grain: owner, of whoever sold in any of {level_months}. sums: of each row of {weights} (a weight for each of the months) Σ weight × GMV, in hundredths; order_sums: the
-- same of orders. Rounded to thousandths month by month, so that the order of adding changes nothing. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT
    owner,
    arrayMap(one -> toFloat64(one) / 1000, sumForEach(arrayMap(row -> toInt64(round(1000 * cents * row[place])), {weights:Array(Array(Float64))})))       AS sums,
    arrayMap(one -> toFloat64(one) / 1000, sumForEach(arrayMap(row -> toInt64(round(1000 * order_count * row[place])), {weights:Array(Array(Float64))}))) AS order_sums
FROM
(
    SELECT
        owner_id AS owner, indexOf({level_months:Array(Date)}, month) AS place,
        sum(toInt64(gmv * 100)) AS cents, sum(toInt64(orders)) AS order_count
    FROM rollup_merchant_month
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND month IN {level_months:Array(Date)}
      AND (month, data_version) IN effective_versions
    GROUP BY owner_id, month
)
GROUP BY owner
