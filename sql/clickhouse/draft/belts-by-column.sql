-- Belts as the orders name them. To give them provinces, cities and categories, make a table of them in source.yaml and join it.
SELECT DISTINCT
    {{belt}} AS belt_id, {{belt}} AS name_zh, '' AS name_en, '' AS province, '' AS city, '' AS county, '' AS adcode,
    '' AS category_zh, '' AS category_en, '' AS longitude, '' AS latitude
FROM orders
