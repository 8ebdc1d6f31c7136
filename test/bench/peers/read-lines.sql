-- The counted lines in force of the demo's files, as DuckDB reads them: what Beltline rejects is left out (a wrong number of
-- columns, an unknown word, no number, more than two decimals, an impossible time, an unknown merchant), then the last
-- revision of each key holds, and of these count those that are paid and not cancelled. Grain: order line. Every column is
-- text until it is known to be good; `beyond` is there only in a row with a column too many, options only in a whole one.
-- belt_id: the belt that the merchant is in on the day, '' = none. combination: bits of tracks as in order_lines.
CREATE TABLE lines AS
WITH
    read AS
    (
        SELECT *, TRY_CAST(placed_at AS TIMESTAMP) AS placed, TRY_CAST(updated_at AS TIMESTAMP) AS updated
        FROM read_csv(
            getvariable('folder') || '/orders-*.csv',
            auto_detect = false, header = false, skip = 1, delim = ',', quote = '', escape = '', null_padding = true, nullstr = '\N',
            columns = {
                'order_id': 'VARCHAR', 'line_no': 'VARCHAR', 'placed_at': 'VARCHAR', 'paid_at': 'VARCHAR', 'dispatched_at': 'VARCHAR',
                'delivered_at': 'VARCHAR', 'updated_at': 'VARCHAR', 'status': 'VARCHAR', 'merchant_id': 'VARCHAR',
                'buyer_id': 'VARCHAR', 'buyer_type': 'VARCHAR', 'buyer_country': 'VARCHAR', 'destination_country': 'VARCHAR',
                'channel': 'VARCHAR', 'sku_id': 'VARCHAR', 'quantity': 'VARCHAR', 'amount': 'VARCHAR', 'refund_amount': 'VARCHAR',
                'options': 'VARCHAR', 'beyond': 'VARCHAR'
            })
    ),
    good AS
    (
        SELECT *
        FROM read
        WHERE beyond IS NULL AND options IS NOT NULL
            AND placed IS NOT NULL AND updated IS NOT NULL
            AND status IN ('placed', 'paid', 'dispatched', 'delivered', 'cancelled')
            AND channel NOT LIKE '%"%'
            AND regexp_full_match(quantity, '[0-9]+')
            AND regexp_full_match(amount, '[0-9]+([.][0-9]{1,2})?')
            AND merchant_id IN (SELECT merchant_id FROM read_csv(getvariable('folder') || '/merchants.csv', all_varchar = true))
    ),
    in_force AS
    (
        SELECT * FROM good QUALIFY row_number() OVER (PARTITION BY order_id, line_no ORDER BY updated DESC) = 1
    ),
    memberships AS
    (
        SELECT merchant_id, belt_id, CAST(valid_from AS DATE) AS first_day, coalesce(TRY_CAST(valid_to AS DATE), DATE '9999-12-31') AS end_day
        FROM read_csv(getvariable('folder') || '/memberships.csv', all_varchar = true)
    )
SELECT
    line.order_id,
    CAST(line.placed AS DATE)                                           AS day,
    CAST(date_trunc('month', line.placed) AS DATE)                      AS month,
    line.merchant_id,
    coalesce(member.belt_id, '')                                        AS belt_id,
    line.buyer_id,
    line.sku_id,
    CAST(
        CASE WHEN line.channel NOT IN ('wholesale', 'member_store', 'selection_centre') THEN 1 ELSE 0 END
        + CASE WHEN line.buyer_country <> 'CN' OR line.destination_country <> 'CN' THEN 2 ELSE 0 END
        + CASE WHEN line.options IN ('custom', 'custom+brand') THEN 4 ELSE 0 END
        + CASE WHEN line.options IN ('brand', 'custom+brand') THEN 8 ELSE 0 END
        + CASE WHEN line.channel IN ('member_store', 'selection_centre') THEN 16 ELSE 0 END
        + CASE WHEN line.channel = 'wholesale' AND line.options = '' AND line.buyer_country = 'CN'
            AND line.destination_country = 'CN' THEN 64 ELSE 0 END
        AS SMALLINT)                                                    AS combination,
    CAST(line.amount AS DECIMAL(18, 2))                                 AS amount
FROM in_force AS line
LEFT JOIN memberships AS member
    ON member.merchant_id = line.merchant_id AND line.placed >= member.first_day AND line.placed < member.end_day
WHERE line.status IN ('paid', 'dispatched', 'delivered')
ORDER BY belt_id, day
