-- Merchants of Olist: a seller in a category, owned by the seller (see order-lines.sql).
SELECT
    concat(seller_id, ':', category) AS merchant_id,
    '' AS name,
    seller_id AS owner_id,
    '' AS size,
    '' AS is_factory,
    '' AS founded_on,
    '' AS takeover_on,
    '' AS successor_born,
    '' AS successor_education,
    '' AS tags
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
)
