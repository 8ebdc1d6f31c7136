-- The bits of the lines that are there, before the words they come from go.
ALTER TABLE {{database}}.order_lines {{on_cluster}} MATERIALIZE COLUMN oddities SETTINGS mutations_sync = 2
