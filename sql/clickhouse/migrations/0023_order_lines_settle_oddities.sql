-- The bits are there; from here on they are written and no longer made of the words.
ALTER TABLE {{database}}.order_lines {{on_cluster}} MODIFY COLUMN oddities UInt16 DEFAULT 0
