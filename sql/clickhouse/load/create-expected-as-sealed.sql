-- How many counted lines are in force in the months ({months:Array(UInt32)}, YYYYMM) of a batch that brings none: see create-expected.
-- {is_known:Bool}: the months are sealed.
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
