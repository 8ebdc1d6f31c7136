-- The tables of the lines in PostgreSQL, filled from what DuckDB has read.
CREATE TABLE lines
(
    order_id text NOT NULL, day date NOT NULL, month date NOT NULL, merchant_id text NOT NULL, belt_id text NOT NULL,
    buyer_id text NOT NULL, sku_id text NOT NULL, combination smallint NOT NULL, amount numeric(18, 2) NOT NULL
);
CREATE TABLE belts (belt_id text PRIMARY KEY, province text NOT NULL);
