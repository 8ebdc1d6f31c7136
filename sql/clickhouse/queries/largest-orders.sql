-- Question: which order is the largest of each belt on some days, by a measure, and what would go with it?
-- Grain: belt that sold something ('' is left out: merchants without a belt). order_id: the lesser one of equals. amount: what the order comes
-- to in the belt by the measure (pieces, or money in hundredths). positions, merchant_keys, amounts: its parts in the belt, one element a day and merchant:
-- days since {from}, the merchant (the key of merchant-months), what the part comes to. It is read from the lines in force, which are those of the newest
-- version: is_of_version is 0 where a line of these days was brought or put back by a batch after the version that is asked for, and then the rest tells
-- nothing of it. A belt is that of the merchant's membership on the day, as in load/create-counted.sql. Null: never; no row = nothing counted.
WITH
members AS
(
    {{memberships-of-source}}
)
SELECT
    belt_id, order_id, amount,
    parts.1 AS positions, parts.2 AS merchant_keys, parts.3 AS amounts,
    (
        SELECT count() = 0
        FROM order_lines
        WHERE source = {scope_source:String} AND placed_day BETWEEN {from:Date} AND {to:Date} AND written_by > {data_version:UInt64}
    ) AS is_of_version
FROM
(
    SELECT belt_id, order_id, sum(part) AS amount, groupArray((position, merchant_key, part)) AS parts
    FROM
    (
        SELECT
            belt_id, order_id, toUInt32(day - {from:Date}) AS position,
            toFloat64(bitAnd(sipHash64(merchant_id), 9007199254740991)) AS merchant_key,
            sum(toFloat64({{measure-of-row}})) AS part
        FROM
        (
            SELECT
                member.belt_id AS belt_id, line.order_id AS order_id, line.merchant_id AS merchant_id, line.placed_day AS day,
                0 AS orders, line.quantity AS pieces, line.amount AS gmv, line.refund_amount AS refund
            FROM
            (
                SELECT order_id, merchant_id, placed_day, quantity, amount, refund_amount
                FROM order_lines FINAL
                WHERE source = {scope_source:String} AND placed_day BETWEEN {from:Date} AND {to:Date} AND is_counted
                  AND ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
            ) AS line
            INNER JOIN members AS member ON line.merchant_id = member.merchant_id
            WHERE line.placed_day >= member.valid_from AND line.placed_day < member.valid_to
              AND ({scope_everything:UInt8} = 1 OR member.belt_id IN {scope_belts:Array(String)})
        )
        GROUP BY belt_id, order_id, day, merchant_id
    )
    GROUP BY belt_id, order_id
    ORDER BY belt_id, amount DESC, order_id
    LIMIT 1 BY belt_id
)
ORDER BY belt_id
