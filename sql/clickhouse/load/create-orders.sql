-- Orders under their own combination. Grain: order. Nearly every order has one belt, merchant and day, so that these, packed
-- into a number (20 bits, 28 bits, 16 bits), have one minimum and maximum: then the order counts once wherever it is
-- counted. An order that is spread is counted bucket by bucket, by its key.
CREATE OR REPLACE TABLE load__orders
(own UInt16, belt_no UInt32, merchant_no UInt32, month Date, day Date, is_spread Bool, order_key UInt128)
ENGINE = Memory AS
WITH bitOr(bitOr(bitShiftLeft(toUInt64(belt_no), 44), bitShiftLeft(toUInt64(merchant_no), 16)), toUInt64(toUInt16(day))) AS place
SELECT
    own, toUInt32(bitShiftRight(first_place, 44)) AS belt_no, toUInt32(bitAnd(bitShiftRight(first_place, 16), 268435455)) AS merchant_no,
    toStartOfMonth(day) AS month, toDate(toUInt16(bitAnd(first_place, 65535))) AS day,
    first_place != last_place AS is_spread, order_key
FROM
(
    SELECT order_key, groupBitOr(combination) AS own, min(place) AS first_place, max(place) AS last_place
    FROM load__counted
    GROUP BY order_key
)
