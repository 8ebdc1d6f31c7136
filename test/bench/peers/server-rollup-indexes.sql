-- What the questions of the rollups look for in PostgreSQL.
CREATE INDEX ON belt_day (belt_id, day);
CREATE INDEX ON belt_buyer_month (belt_id, month);
CREATE INDEX ON belt_merchant_month (belt_id, month);
