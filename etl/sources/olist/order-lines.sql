-- Order lines of Olist: an item of an order. Freight is apart from the price and left out; there are no refunds.
--
-- Olist's sellers sell in several categories, and a belt is a state × a category, so that the belt hangs on the line and
-- not on the seller. In the model a merchant is in one belt at a time; hence a merchant here is a seller in a category
-- (`seller:category`), and the seller is its legal owner, the unit that disclosure rules count.
--
-- A product without a category, or whose category has no English name, is 'uncategorised'. updated_at is the latest time
-- that is known of the order. customer_id is one per order; the person is customer_unique_id.
SELECT
    items._file_no AS _file_no,
    items._line AS _line,
    items.order_id AS order_id,
    items.order_item_id AS line_no,
    orders.order_purchase_timestamp AS placed_at,
    orders.order_approved_at AS paid_at,
    orders.order_delivered_carrier_date AS dispatched_at,
    orders.order_delivered_customer_date AS delivered_at,
    greatest(orders.order_purchase_timestamp, orders.order_approved_at, orders.order_delivered_carrier_date,
        orders.order_delivered_customer_date) AS updated_at,
    multiIf(
        orders.order_status = 'delivered', 'delivered',
        orders.order_status = 'shipped', 'dispatched',
        orders.order_status IN ('invoiced', 'processing', 'approved'), 'paid',
        orders.order_status = 'created', 'placed',
        orders.order_status IN ('canceled', 'unavailable'), 'cancelled',
        orders.order_status) AS status,
    concat(items.seller_id, ':', if(goods.category = '', 'uncategorised', goods.category)) AS merchant_id,
    customers.customer_unique_id AS buyer_id,
    'consumer' AS buyer_type,
    'BR' AS buyer_country,
    'BR' AS destination_country,
    'wholesale' AS sales_mode,
    '' AS channel,
    items.product_id AS sku_id,
    '' AS sku_listed_on,
    if(goods.category = '', 'uncategorised', goods.category) AS category,
    '1' AS quantity,
    items.price AS amount,
    '' AS refund_amount,
    'BRL' AS currency,
    '0' AS is_custom,
    '0' AS is_factory_brand
FROM order_items AS items
LEFT ANY JOIN orders ON items.order_id = orders.order_id
LEFT ANY JOIN customers ON orders.customer_id = customers.customer_id
LEFT ANY JOIN
(
    SELECT products.product_id AS product_id, translation.product_category_name_english AS category
    FROM products
    LEFT ANY JOIN translation ON products.product_category_name = translation.product_category_name
) AS goods ON items.product_id = goods.product_id
