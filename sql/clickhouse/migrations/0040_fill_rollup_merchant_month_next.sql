-- The rows as they are, each with the owner that its merchant had when the row was last in force: the newest version that
-- read it is the one before its month was made anew. So every figure of the newest version is what it was.
INSERT INTO {{emptied}}.rollup_merchant_month_next (source, belt_id, month, data_version, merchant_id, owner_id, combination, lines, orders, pieces, gmv, refund)
SELECT row.source, row.belt_id, row.month, row.data_version, row.merchant_id, if(merchant.owner_id = '', row.merchant_id, merchant.owner_id),
    row.combination, row.lines, row.orders, row.pieces, row.gmv, row.refund
FROM
(
    SELECT rows.*, toUInt64(if(spans.next = 0, 18446744073709551615, spans.next - 1)) AS last_version
    FROM {{database}}.rollup_merchant_month AS rows
    LEFT ANY JOIN
    (
        SELECT source, month, data_version,
            leadInFrame(data_version, 1, 0) OVER (PARTITION BY source, month ORDER BY data_version ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next
        FROM {{database}}.data_versions FINAL
        ARRAY JOIN months AS month
    ) AS spans ON rows.source = spans.source AND rows.month = spans.month AND rows.data_version = spans.data_version
) AS row
ASOF LEFT JOIN {{database}}.merchants AS merchant
    ON row.source = merchant.source AND row.merchant_id = merchant.merchant_id AND row.last_version >= merchant.data_version
SETTINGS join_use_nulls = 0
