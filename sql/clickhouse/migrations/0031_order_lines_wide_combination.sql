-- Room for more tracks than eight: a ninth bit would have been cut off.
ALTER TABLE {{database}}.order_lines {{on_cluster}} MODIFY COLUMN combination UInt16 SETTINGS mutations_sync = 2
