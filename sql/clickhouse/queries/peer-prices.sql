-- Question: at which prices did each legal owner sell goods of each kind in a quarter?
-- Grain: owner, of whoever sold a SKU of a belt with known goods; a place of each array is a stratum: goods (a number of {goods_numbers}, that of the belt in {belt_ids}) × combination of
-- tracks × class of the order line, each class four times as large as the one before (⌊log₄ pieces a line⌋, of the item in the quarter). An item is a SKU of a shop in one combination.
-- Lines of which the source tells no SKU are in no item. item_counts: items. value: Σ v, hundredths. logs: Σ v · ln p, p hundredths a piece. squares, square_logs, square_log_squares: Σ v², Σ v² · ln p, Σ v² · (ln p)², of which an error is made.
-- What is not whole is rounded (logs to thousandths) item by item and added up as whole numbers. Of the whole source, for who may see all of it. Null: never.
WITH {{effective-versions}}
SELECT
    owner,
    groupArray(goods)              AS goods_list,
    groupArray(combination)        AS combinations,
    groupArray(line_class)         AS classes,
    groupArray(item_count)         AS item_counts,
    groupArray(value)              AS value_list,
    groupArray(logs)               AS logs_list,
    groupArray(squares)            AS squares_list,
    groupArray(square_logs)        AS square_logs_list,
    groupArray(square_log_squares) AS square_log_squares_list
FROM
(
    SELECT
        shops.owner AS owner, goods, combination, line_class,
        toUInt32(count())                                AS item_count,
        toFloat64(sum(v))                                AS value,
        toFloat64(sum(toInt64(round(1000 * v * l)))) / 1000 AS logs,
        toFloat64(sum(toInt128(v) * v))                  AS squares,
        toFloat64(sum(toInt128(round(toFloat64(v) * v * l))))     AS square_logs,
        toFloat64(sum(toInt128(round(toFloat64(v) * v * l * l)))) AS square_log_squares
    FROM
    (
        SELECT
            merchant_id, sku_id, combination,
            transform(toString(belt_id), {belt_ids:Array(String)}, {goods_numbers:Array(UInt16)}, toUInt16(0)) AS goods,
            sum(toInt64(gmv * 100)) AS v,
            sum(toInt64(pieces))    AS pieces_sold,
            log(v / pieces_sold)    AS l,
            toUInt8(floor(log(greatest(1, pieces_sold / sum(lines))) / log(4) + 1e-9)) AS line_class
        FROM rollup_sku_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND month IN {months:Array(Date)}
          AND sku_id != ''
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id, sku_id, combination, goods
        HAVING v > 0 AND pieces_sold > 0 AND goods > 0
    ) AS items
    INNER JOIN
    (
        SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
          AND month IN {months:Array(Date)}
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
    ) AS shops ON items.merchant_id = shops.merchant_id
    GROUP BY owner, goods, combination, line_class
    ORDER BY owner, goods, combination, line_class
)
GROUP BY owner
