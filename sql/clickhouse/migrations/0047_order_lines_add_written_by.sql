-- written_by: the batch that put the row here. That of a load writes its own lines; one that undoes another writes lines of earlier loads
-- again, which stay theirs (batch_id, file_no, file_line). All that a batch wrote is told by it, tombstones too.
ALTER TABLE {{database}}.order_lines {{on_cluster}}
ADD COLUMN IF NOT EXISTS written_by UInt64 DEFAULT batch_id AFTER is_deleted
