-- What the batch is, kept with its version: see data_versions. undone: versions that are out of force as of it, so that nothing of their lookups
-- holds. since: of a batch that undoes others, the first of them; else 0. Grain: one row. There already where a batch is completed.
CREATE TABLE IF NOT EXISTS load__act ENGINE = MergeTree ORDER BY tuple() AS
SELECT
    {undone:Array(UInt64)} AS undone, {act:String} AS act, {actor:String} AS actor, {reason:String} AS reason, {since:UInt64} AS since
