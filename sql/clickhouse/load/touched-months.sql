-- Months whose figures the batch changes.
SELECT month FROM load__plan WHERE is_touched ORDER BY month
