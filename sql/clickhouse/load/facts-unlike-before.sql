-- In which months are the counted lines in force, as the batch has just sealed them, others than before the batches that it undoes? Grain: month.
-- The version before that made a month sealed what was in force in it; where that one has lost its seals, nothing is said of the month.
WITH before AS
(
    SELECT arrayJoin(months) AS month, max(data_version) AS made_by
    FROM {{published}}.data_versions
    WHERE source = {source:String} AND data_version < (SELECT since FROM load__act)
    GROUP BY month
    HAVING toYYYYMM(month) IN (SELECT month FROM load__plan)
)
SELECT toYYYYMM(month) AS month, sumIf(rows, is_now) AS lines, sumIf(rows, NOT is_now) AS lines_before
FROM
(
    SELECT month, rows, checksum, true AS is_now
    FROM {{published}}.seals
    WHERE source = {source:String} AND sealed = 'order_lines' AND data_version = {batch_id:UInt64}
    UNION ALL
    SELECT seal.month AS month, seal.rows AS rows, seal.checksum AS checksum, false
    FROM {{published}}.seals AS seal
    INNER JOIN before ON seal.data_version = before.made_by AND seal.month = before.month
    WHERE seal.source = {source:String} AND seal.sealed = 'order_lines'
) AS sums
WHERE sums.month NOT IN (SELECT month FROM before WHERE made_by NOT IN (SELECT data_version FROM {{published}}.seals WHERE source = {source:String}))
GROUP BY sums.month
HAVING lines != lines_before OR sumIf(checksum, is_now) != sumIf(checksum, NOT is_now)
ORDER BY month
