-- Question: what did each legal owner sell in a quarter and a year before, in shops that sold in both, and on days that lie alike to the Spring Festival?
-- Grain: owner, of whoever sold in any of the months. same_*: of shops (one in several belts is one) with a counted line in the quarter and in {baseline_months}.
-- aligned_now, aligned_before: of part of each of {aligned_months}, by its share of days ({now_shares}, {before_shares}: 0 none, 1 all), as of which month-sums tell; rounded
-- to thousandths of them row by row, so that the order of adding changes nothing. Money in hundredths. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT
    owner,
    toFloat64(sumIf(now, is_both))    AS same_now,
    toFloat64(sumIf(before, is_both)) AS same_before,
    toFloat64(sum(part_now)) / 1000   AS aligned_now,
    toFloat64(sum(part_before)) / 1000 AS aligned_before
FROM
(
    SELECT
        owner_id AS owner, merchant_id,
        sumIf(toInt64(gmv * 100), month IN {months:Array(Date)})          AS now,
        sumIf(toInt64(gmv * 100), month IN {baseline_months:Array(Date)}) AS before,
        sumIf(lines, month IN {months:Array(Date)}) > 0
            AND sumIf(lines, month IN {baseline_months:Array(Date)}) > 0  AS is_both,
        sum(toInt64(round(1000 * toInt64(gmv * 100) * {now_shares:Array(Float64)}[indexOf({aligned_months:Array(Date)}, month)])))    AS part_now,
        sum(toInt64(round(1000 * toInt64(gmv * 100) * {before_shares:Array(Float64)}[indexOf({aligned_months:Array(Date)}, month)]))) AS part_before
    FROM rollup_merchant_month
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)} OR month IN {aligned_months:Array(Date)})
      AND (month, data_version) IN effective_versions
    GROUP BY owner_id, merchant_id
)
GROUP BY owner
