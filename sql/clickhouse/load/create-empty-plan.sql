-- The plan of a batch that brings no lines: see create-plan.
CREATE TABLE load__plan
(month UInt32, staged UInt64, kept UInt64, winners UInt64, tombstones UInt64, is_attached Bool, is_touched Bool)
ENGINE = MergeTree ORDER BY month
