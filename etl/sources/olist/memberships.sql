-- A seller in a category is in the belt of the seller's state and that category, from before the first order on.
SELECT
    concat(sold.seller_id, ':', sold.category) AS merchant_id,
    concat(sellers.seller_state, ':', sold.category) AS belt_id,
    '2016-01-01' AS valid_from,
    '' AS valid_to
FROM
(
    SELECT DISTINCT items.seller_id AS seller_id, if(goods.category = '', 'uncategorised', goods.category) AS category
    FROM order_items AS items
    LEFT ANY JOIN
    (
        SELECT products.product_id AS product_id, translation.product_category_name_english AS category
        FROM products
        LEFT ANY JOIN translation ON products.product_category_name = translation.product_category_name
    ) AS goods ON items.product_id = goods.product_id
) AS sold
LEFT ANY JOIN sellers ON sold.seller_id = sellers.seller_id
