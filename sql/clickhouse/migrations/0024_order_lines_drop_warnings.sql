-- The words make room for the bits; 0025 gives them back as a reading of the bits.
ALTER TABLE {{database}}.order_lines {{on_cluster}} DROP COLUMN IF EXISTS warnings SETTINGS mutations_sync = 2
