-- Merchants as the orders name them, the same name whatever the order of rows. Who owns them is not known, so they own themselves.
SELECT
    merchant_id, min(merchant_name) AS name, min(merchant_owner) AS owner_id,
    '' AS size, '' AS is_factory, '' AS founded_on, '' AS takeover_on, '' AS successor_born, '' AS successor_education, '' AS tags
FROM (SELECT {{merchant}} AS merchant_id, {{name}} AS merchant_name, {{owner}} AS merchant_owner FROM orders)
WHERE merchant_id != ''
GROUP BY merchant_id
