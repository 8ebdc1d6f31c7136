-- undone: versions of the source that are out of force as of this one, all of them: what an undo took back is named by every later version, until
-- the undo is undone itself. Their lookups hold no longer; of lines and figures this version, or one before, has made everything anew.
-- act: what made the version: load, rebuild, undo, purge or replace; '' before this was kept. actor, reason: who asked for it, and why, where it was told.
ALTER TABLE {{database}}.data_versions {{on_cluster}}
ADD COLUMN IF NOT EXISTS undone Array(UInt64) AFTER data_through,
ADD COLUMN IF NOT EXISTS act LowCardinality(String) AFTER undone,
ADD COLUMN IF NOT EXISTS actor String AFTER act,
ADD COLUMN IF NOT EXISTS reason String AFTER actor
