-- What is left to attach, and from where. expected: rows of the batch that the month has when it is published.
SELECT month, is_attached, kept, tombstones, kept + tombstones AS expected
FROM load__plan
WHERE kept + tombstones > 0
ORDER BY month
