-- Question: what did each legal owner sell, and each buyer buy, through each channel of distribution and to each country of cross-border orders, by belt and exclusive combination of tracks: what disclosure
-- control looks at before these parts are told?
-- Grain: belt ('' = merchants without a belt) × combination × channel × country × side, with arrays of owners in the order of their names, as in holdings; amounts in hundredths.
-- channel, country: its place in {channels} and {countries}, the first being 0; what is in neither is the place after the last; -1: a line that is none of distribution, or not cross-border. Lines that are
-- neither are in no row. Each side of a belt and combination comes to its gmv in holdings.
-- Read from the lines in force: holdings-totals says whether these are still the version's. Of the whole source, for who may see all of it. Null: never; no row = nothing counted.
WITH
    {{effective-versions}},
    members AS
    (
        {{members-of-source}}
    ),
    owners AS
    (
        {{owners-of-month}}
    )
SELECT
    belt_id, combination, channel_place AS channel, country_place AS country, side,
    arrayMap(one -> one.1, held)            AS owners,
    arrayMap(one -> toFloat64(one.2), held) AS gmv
FROM
(
    SELECT belt_id, combination, channel_place, country_place, side, arraySort(groupArray((owner, bought))) AS held
    FROM
    (
        SELECT belt_id, combination, channel_place, country_place, held_by.1 AS side, held_by.2 AS owner, sum(cents) AS bought
        FROM
        (
            SELECT
                member.belt_ids[arrayFirstIndex(
                    (start, stop) -> line.placed_day >= start AND line.placed_day < stop, member.from_days, member.to_days)] AS belt_id,
                line.combination AS combination, line.cents AS cents,
                if(line.is_distribution, place_of_channel, -1) AS channel_place, if(line.is_abroad, place_of_country, -1) AS country_place,
                [('seller', ifNull(nullIf(owners.owner, ''), line.merchant_id)), ('buyer', line.buyer_id)] AS sides
            FROM
            (
                SELECT
                    merchant_id, buyer_id, placed_day, combination, toInt64(amount * 100) AS cents,
                    bitAnd(combination, {distribution_bit:UInt16}) != 0 AS is_distribution, bitAnd(combination, {cross_border_bit:UInt16}) != 0 AS is_abroad,
                    -- The place after the last stands for whatever is not in the list.
                    toInt16(indexOf(arrayPushBack({channels:Array(String)}, '*'), if(has({channels:Array(String)}, toString(channel)), toString(channel), '*'))) - 1 AS place_of_channel,
                    {{country-of-line}} AS country_name,
                    toInt16(indexOf(arrayPushBack({countries:Array(String)}, '*'), if(has({countries:Array(String)}, country_name), country_name, '*'))) - 1 AS place_of_country
                FROM order_lines FINAL
                WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1
                  AND placed_day >= {month:Date} AND placed_day < addMonths({month:Date}, 1) AND is_counted
                  AND bitAnd(combination, bitOr({distribution_bit:UInt16}, {cross_border_bit:UInt16})) != 0
            ) AS line
            LEFT ANY JOIN members AS member ON line.merchant_id = member.merchant_id
            LEFT ANY JOIN owners ON line.merchant_id = owners.merchant_id
        )
        ARRAY JOIN sides AS held_by
        GROUP BY belt_id, combination, channel_place, country_place, side, owner
        HAVING bought > 0
    )
    GROUP BY belt_id, combination, channel_place, country_place, side
)
ORDER BY belt_id, combination, channel, country, side
