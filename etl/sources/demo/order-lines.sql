-- Order lines of the demo, mapped onto the canonical columns: one row a row of `orders`, everything text.
-- A channel says how goods are sold: 'wholesale' is no downstream channel, and the two offline channels are the
-- belts' own shops. A SKU's category and first listing are in a file of their own.
SELECT
    orders._file_no AS _file_no,
    orders._line AS _line,
    orders.order_id AS order_id,
    orders.line_no AS line_no,
    orders.placed_at AS placed_at,
    orders.paid_at AS paid_at,
    orders.dispatched_at AS dispatched_at,
    orders.delivered_at AS delivered_at,
    orders.updated_at AS updated_at,
    orders.status AS status,
    orders.merchant_id AS merchant_id,
    orders.buyer_id AS buyer_id,
    orders.buyer_type AS buyer_type,
    orders.buyer_country AS buyer_country,
    orders.destination_country AS destination_country,
    multiIf(
        orders.channel = 'wholesale', 'wholesale',
        orders.channel IN ('member_store', 'selection_centre'), 'offline',
        'distribution') AS sales_mode,
    orders.channel AS channel,
    orders.sku_id AS sku_id,
    skus.listed_on AS sku_listed_on,
    skus.category AS category,
    orders.quantity AS quantity,
    orders.amount AS amount,
    orders.refund_amount AS refund_amount,
    'CNY' AS currency,
    if(orders.options IN ('custom', 'custom+brand'), '1', '0') AS is_custom,
    if(orders.options IN ('brand', 'custom+brand'), '1', '0') AS is_factory_brand
FROM orders
LEFT ANY JOIN skus ON orders.sku_id = skus.sku_id
