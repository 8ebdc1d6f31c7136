-- Belts of Olist: a state × a category in which something was sold. Names are made of the two; Olist has no Chinese ones.
SELECT
    concat(state, ':', category) AS belt_id,
    concat(state, ' ', replaceAll(category, '_', ' ')) AS name_zh,
    concat(state, ' ', replaceAll(category, '_', ' ')) AS name_en,
    state AS province,
    '' AS city,
    '' AS county,
    '' AS adcode,
    replaceAll(category, '_', ' ') AS category_zh,
    replaceAll(category, '_', ' ') AS category_en,
    '' AS longitude,
    '' AS latitude
FROM
(
    SELECT DISTINCT sellers.seller_state AS state, if(goods.category = '', 'uncategorised', goods.category) AS category
    FROM order_items AS items
    LEFT ANY JOIN sellers ON items.seller_id = sellers.seller_id
    LEFT ANY JOIN
    (
        SELECT products.product_id AS product_id, translation.product_category_name_english AS category
        FROM products
        LEFT ANY JOIN translation ON products.product_category_name = translation.product_category_name
    ) AS goods ON items.product_id = goods.product_id
)
