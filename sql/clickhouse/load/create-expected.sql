-- How many counted lines are sealed in the touched months ({months:Array(UInt32)}, YYYYMM): what is in force there before the batch is
-- published. What the batch changes of it is added (see fill-expected); the sum must be in force when it is published. Grain: one row.
-- null: it cannot be told, {is_known:Bool} being false (seals are lost, or files are brought again because lines were).
CREATE TABLE load__expected ENGINE = MergeTree ORDER BY tuple() AS
SELECT if({is_known:Bool}, toInt64(sum(rows)), NULL) AS lines
FROM {{published}}.seals AS seal
INNER JOIN
(
    SELECT arrayJoin(months) AS month, max(data_version) AS data_version
    FROM {{published}}.data_versions
    WHERE source = {source:String}
    GROUP BY month
    HAVING toYYYYMM(month) IN {months:Array(UInt32)}
) AS made ON seal.data_version = made.data_version AND seal.month = made.month
WHERE seal.source = {source:String} AND seal.sealed = 'order_lines'
