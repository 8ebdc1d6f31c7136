-- Question: what did each merchant of an area sell in two windows of months on each exclusive combination of tracks, and whose is it?
-- Grain: one row, with arrays of merchants in the order of owners and of their ids: owner_nos (those of one owner have one number, from 1 on)
-- and cell_counts; and of their cells, a combination each, those of a merchant together in the order of combinations: combinations, sides
-- (bit 0: any line in the first window, bit 1: in the second), and sums, with one element for each measure and window, a measure's
-- windows together. weights: for each measure how often orders, pieces, gmv and refund count in it. first_month, shares: as in owner-windows,
-- whose rule of a merchant with several owners holds here as well. area_everything 1 = the nation, else the belts given; a merchant of several belts of the area counts once.
-- Values: pieces, orders, or money in hundredths; whole numbers of whole months, else of 64ths (see owner-windows). No row where nobody sold anything. Null: never.
WITH
    {{effective-versions}},
    toInt32(toYear({first_month:Date}) * 12 + toMonth({first_month:Date})) AS first_no,
    {shares:Array(Array(Float64))} AS windows,
    {weights:Array(Array(Int8))} AS measures
SELECT
    arrayEnumerateDense(groupArray(owner))                            AS owner_nos,
    groupArray(length(cells))                                         AS cell_counts,
    arrayMap(cell -> cell.1, arrayFlatten(groupArray(cells)))         AS combinations,
    arrayMap(cell -> cell.2, arrayFlatten(groupArray(cells)))         AS sides,
    arrayFlatten(arrayMap(cell -> cell.3, arrayFlatten(groupArray(cells)))) AS sums
FROM
(
    SELECT
        argMax(owner, last)                                         AS owner,
        arraySort(cell -> cell.1, groupArray((combination, sides, window_sums))) AS cells
    FROM
    (
        SELECT
            merchant_id,
            combination,
            argMax(owner_id, data_version * 100000 + month_no)      AS owner,
            max(data_version * 100000 + month_no)                   AS last,
            groupBitOr(if(lines > 0, toUInt8((windows[1][at] > 0) + 2 * (windows[2][at] > 0)), 0)) AS sides,
            sumForEach(arrayFlatten(arrayMap(
                measure -> arrayMap(shares -> floor(measure * shares[at] * 64 + 0.5) / 64, windows), row_values))) AS window_sums
        FROM
        (
            SELECT
                merchant_id, owner_id, data_version, combination, lines,
                toInt32(toYear(month) * 12 + toMonth(month))        AS month_no,
                month_no - first_no + 1                             AS at,
                arrayMap(times -> toFloat64(
                    toInt64(orders) * times[1] + toInt64(pieces) * times[2]
                    + toInt64(gmv * 100) * times[3] + toInt64(refund * 100) * times[4]), measures) AS row_values
            FROM rollup_merchant_month
            WHERE {{area-belts}}
              AND month >= {first_month:Date} AND month_no < first_no + length(windows[1])
              AND (windows[1][at] > 0 OR windows[2][at] > 0)
              AND (month, data_version) IN effective_versions
        )
        GROUP BY merchant_id, combination
    )
    GROUP BY merchant_id
    ORDER BY owner, merchant_id
)
HAVING count() > 0
