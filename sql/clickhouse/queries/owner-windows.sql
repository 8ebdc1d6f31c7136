-- Question: what did each merchant of each area sell in windows of months, and whose is it?
-- Grain: area, with arrays of merchants in any order: owner_seeds, merchant_keys (as in merchant-months), and sums with one element for each merchant and window, a merchant's
-- windows together. first_month: the month of the first element of each window of shares; shares[i]: what part of each month from then
-- on belongs to window i (0 none, 1 all, else a month's share of days); what a merchant sold of a part is rounded to 64ths, so that sums are exact (to whole orders, of which a row has few, errors came out up to a half too wide). An area is a number: belt_ids[i] belongs to area_nos[i];
-- with_nation = 1: the nation alone, area 0, with the merchants without a belt. A merchant of several belts of an area
-- counts once. An owner's seed is a whole number below 2^53 of source and owner alone: what the owner is drawn by in replicates, the
-- same in each data version. Values: pieces, orders, or money in hundredths; whole numbers of whole months, else of 64ths. Merchants without any sale in all windows are not in it.
-- A merchant's windows are summed as one array: a row for each merchant and window takes half as long again (measured).
-- A merchant has one owner in all months that a version reads (see load/create-moved-months); only as of versions from before owners were
-- kept in the rollups can there be two, and then the later one holds, so that both sides of a comparison have one. Null: never.
WITH
    {{effective-versions}},
    toInt32(toYear({first_month:Date}) * 12 + toMonth({first_month:Date})) AS first_no,
    {shares:Array(Array(Float64))} AS windows
SELECT
    area_no,
    groupArray(bitAnd(sipHash64({scope_source:String}, owner), 9007199254740991)) AS owner_seeds,
    groupArray(toFloat64(bitAnd(sipHash64(merchant_id), 9007199254740991)))                                     AS merchant_keys,
    arrayFlatten(groupArray(window_sums))                                                                       AS sums
FROM
(
    SELECT area_no, merchant_id, argMax(owner_id, data_version * 100000 + month_no) AS owner, sumForEach(arrayMap(shares -> floor(value * shares[month_no - first_no + 1] * 64 + 0.5) / 64, windows)) AS window_sums
    FROM
    (
        SELECT
            if({with_nation:UInt8} = 1, 0, transform(toString(belt_id), {belt_ids:Array(String)}, {area_nos:Array(UInt16)}, 0)) AS area_no,
            merchant_id,
            owner_id,
            data_version,
            toInt32(toYear(month) * 12 + toMonth(month)) AS month_no,
            toFloat64({{measure-of-row}}) AS value
        FROM rollup_merchant_month
        WHERE source = {scope_source:String}
          AND ({scope_everything:UInt8} = 1
               OR ({with_nation:UInt8} = 0 AND hasAll({scope_belts:Array(String)}, {belt_ids:Array(String)})))
          AND ({with_nation:UInt8} = 1 OR belt_id IN {belt_ids:Array(String)})
          AND month >= {first_month:Date} AND month_no < first_no + length(windows[1])
          AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
          AND (month, data_version) IN effective_versions
    )
    GROUP BY area_no, merchant_id
    HAVING arrayExists(total -> total != 0, window_sums)
) AS sold
GROUP BY area_no
ORDER BY area_no
