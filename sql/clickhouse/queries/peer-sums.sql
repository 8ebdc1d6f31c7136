-- Question: what did each legal owner sell in a quarter and in the same of the year before, in which belt, and of which size are the shops?
-- Grain: owner × belt ('' = none) × size of shops ('' = not known), of whoever sold in either; an owner is that of the rollups, a size the newest up to the version.
-- *_before: of the year before. gmv, refund in hundredths. of_tracks, of_tracks_before: gmv on lines that have any bit of each of {track_bits}, in that order, which overlap.
-- orders: of one shop each. shops: that sold in the quarter. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}},
sizes AS
(
    SELECT merchant_id, argMax(size, data_version) AS size
    FROM merchants
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND {{versions-in-force}}
    GROUP BY merchant_id
)
SELECT
    owner_id AS owner, belt_id, sizes.size AS size,
    toFloat64(sum(now.1))                    AS gmv,
    toFloat64(sum(now.2))                    AS orders,
    toFloat64(sum(now.3))                    AS pieces,
    toFloat64(sum(now.5))                    AS refund,
    toFloat64(sum(before.1))                 AS gmv_before,
    toFloat64(sum(before.2))                 AS orders_before,
    toFloat64(sum(before.3))                 AS pieces_before,
    arrayMap(one -> toFloat64(one), sumForEach(now_of_tracks)) AS of_tracks,
    arrayMap(one -> toFloat64(one), sumForEach(then_of_tracks)) AS of_tracks_before,
    toUInt32(countIf(now.4 > 0))             AS shops
FROM
(
    SELECT
        owner_id, belt_id, merchant_id,
        (sumIf(toInt64(gmv * 100), is_now), sumIf(toInt64(orders), is_now), sumIf(toInt64(pieces), is_now), sumIf(toInt64(lines), is_now), sumIf(toInt64(refund * 100), is_now)) AS now,
        (sumIf(toInt64(gmv * 100), NOT is_now), sumIf(toInt64(orders), NOT is_now), sumIf(toInt64(pieces), NOT is_now))                   AS before,
        sumForEach(arrayMap(bit -> if(is_now AND bitAnd(combination, bit) != 0, toInt64(gmv * 100), 0), {track_bits:Array(UInt16)}))     AS now_of_tracks,
        sumForEach(arrayMap(bit -> if(NOT is_now AND bitAnd(combination, bit) != 0, toInt64(gmv * 100), 0), {track_bits:Array(UInt16)})) AS then_of_tracks
    FROM
    (
        SELECT owner_id, belt_id, merchant_id, combination, lines, orders, pieces, gmv, refund, month IN {months:Array(Date)} AS is_now
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
          AND (month, data_version) IN effective_versions
    )
    GROUP BY owner_id, belt_id, merchant_id
) AS sold
LEFT ANY JOIN sizes ON sold.merchant_id = sizes.merchant_id
GROUP BY owner, belt_id, size
ORDER BY owner, belt_id, size
