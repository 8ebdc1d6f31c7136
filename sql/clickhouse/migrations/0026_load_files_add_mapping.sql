-- mapping: sha256 of what a source's lines are made by (its SELECT of order lines, formats, zones, currency), without the
-- lookups; 64 spaces for files loaded before it was kept.
ALTER TABLE {{database}}.load_files {{on_cluster}}
ADD COLUMN IF NOT EXISTS mapping FixedString(64) DEFAULT repeat(' ', 64) AFTER fingerprint
