-- The seals as they are; those of rollup_merchant_month by what the owners of its rows add. A seal that its rows did not add up
-- to does not fit them afterwards either: the difference stays. (A number has the same hash with one byte as with two.)
INSERT INTO {{emptied}}.seals_next (source, data_version, sealed, month, rows, checksum)
SELECT source, data_version, sealed, month, rows, checksum + added.difference
FROM {{database}}.seals AS seal
LEFT ANY JOIN
(
    SELECT source, data_version, 'rollup_merchant_month' AS sealed, month,
        sum(cityHash64(tuple(belt_id, month, merchant_id, owner_id, combination, lines, orders, pieces, gmv, refund)))
        - sum(cityHash64(tuple(belt_id, month, merchant_id, combination, lines, orders, pieces, gmv, refund))) AS difference
    FROM {{database}}.rollup_merchant_month_next
    GROUP BY source, data_version, month
) AS added ON seal.source = added.source AND seal.data_version = added.data_version AND seal.sealed = added.sealed AND seal.month = added.month
SETTINGS join_use_nulls = 0
