-- Orders whose lines lie on several days. Grain: order, by a hash of its id.
CREATE TABLE load__several_days (order_key UInt64) ENGINE = Memory
