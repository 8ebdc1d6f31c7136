-- Keys (hash of order and line number) of lines that occur more than once, in the batch or in the batch and in force.
-- A hash and not the key itself, because it only narrows down: two keys of one hash are compared in full afterwards.
CREATE TABLE load__repeated (line_key UInt64) ENGINE = MergeTree ORDER BY line_key
