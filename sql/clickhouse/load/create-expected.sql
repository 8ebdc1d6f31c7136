-- How many counted lines will be in force in the touched months ({months:Array(UInt32)}, YYYYMM) when the batch is published: those that
-- are sealed there, with those that it brings, and without those that it replaces or withdraws. Grain: one row. null: it cannot be told,
-- {is_known:Bool} being false (files are brought again because lines were lost).
CREATE TABLE load__expected ENGINE = MergeTree ORDER BY tuple() AS
SELECT if({is_known:Bool}, toInt64(sealed) + toInt64(brought) - toInt64(beaten) - toInt64(withdrawn), NULL) AS lines
FROM
(
    SELECT
        (
            SELECT sum(rows)
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
        ) AS sealed,
        (SELECT countIf(is_counted) FROM load__staged WHERE source = {source:String}) AS brought,
        (SELECT countIf(is_counted AND (is_superseded OR is_replaced)) FROM load__candidates) AS beaten,
        (SELECT countIf(is_counted AND NOT is_withheld) FROM load__withdrawn) AS withdrawn
)
