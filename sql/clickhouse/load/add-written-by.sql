-- Gives lines that were staged before order_lines had the column the form that it has now, so that they can be attached.
ALTER TABLE {{name}} ADD COLUMN IF NOT EXISTS written_by UInt64 DEFAULT batch_id AFTER is_deleted
