-- Question: what did each downstream channel of distribution, and each country that cross-border orders went to, come to in a month, nationwide?
-- Grain: partition ('channels', 'countries') × part, the largest first, of several alike by their names; gmv in hundredths. Of what has none the part is ''.
-- Read from the lines in force: holdings-totals says whether these are still the version's. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
SELECT line_part.1 AS partition, line_part.2 AS part, toFloat64(sum(cents)) AS gmv
FROM
(
    SELECT
        toInt64(amount * 100) AS cents, bitAnd(combination, {distribution_bit:UInt16}) != 0 AS is_distribution, bitAnd(combination, {cross_border_bit:UInt16}) != 0 AS is_abroad,
        toString(channel) AS channel_name,
        {{country-of-line}} AS country
    FROM order_lines FINAL
    WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
      AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1) AND is_counted
)
ARRAY JOIN arrayFilter((one, is_in) -> is_in, [('channels', channel_name), ('countries', country)], [is_distribution, is_abroad]) AS line_part
GROUP BY partition, part
HAVING gmv > 0
ORDER BY partition, gmv DESC, part
