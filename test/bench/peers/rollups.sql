-- The rollups that a good engineer would make for the eight questions, of `lines`. Each is what one or several of them add up,
-- and no more; sorted by what they are asked for. Distinct units are kept by name, so that any months can be counted together.
CREATE TABLE nation_month AS
SELECT month, count(DISTINCT order_id) AS orders, sum(amount) AS gmv FROM lines GROUP BY month ORDER BY month;

CREATE TABLE belt_month AS
SELECT belt_id, month, sum(amount) AS gmv FROM lines GROUP BY belt_id, month ORDER BY belt_id, month;

CREATE TABLE belt_day AS
SELECT belt_id, day, sum(amount) AS gmv FROM lines GROUP BY belt_id, day ORDER BY belt_id, day;

CREATE TABLE combination_month AS
SELECT combination, month, sum(amount) AS gmv FROM lines GROUP BY combination, month ORDER BY month, combination;

CREATE TABLE belt_buyer_month AS
SELECT DISTINCT belt_id, month, buyer_id FROM lines ORDER BY belt_id, month;

CREATE TABLE belt_merchant_month AS
SELECT belt_id, month, merchant_id, sum(amount) AS gmv FROM lines GROUP BY belt_id, month, merchant_id ORDER BY belt_id, month;

CREATE TABLE sku_month AS
SELECT merchant_id, sku_id, month, sum(amount) AS gmv FROM lines GROUP BY merchant_id, sku_id, month ORDER BY merchant_id, sku_id;
