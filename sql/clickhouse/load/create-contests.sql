-- Every record that claims to be the state of a contested line, in the order in which they win: the greatest version;
-- of equal records the one in force, so that the same record again changes nothing, then the first of the files.
-- Grain: record. place = merchant and month, which decide where a record lies: only records of one place replace each
-- other by themselves (ReplacingMergeTree never merges across partitions or keys).
CREATE TABLE load__contests ENGINE = MergeTree ORDER BY (is_staged, file_no, file_line) AS
SELECT
    *,
    row_number() OVER line AS rank,
    first_value(is_staged) OVER line AS is_winner_staged,
    first_value(version) OVER line AS winner_version,
    first_value(merchant_id) OVER line = merchant_id AND first_value(month) OVER line = month AS is_in_winners_place,
    is_staged AND rank > 1 AS is_superseded,
    is_superseded AND NOT (is_winner_staged AND is_in_winners_place) AS is_harmful,
    NOT is_staged AND rank > 1 AS is_replaced,
    is_replaced AND NOT is_in_winners_place AS needs_tombstone
FROM
(
    SELECT
        order_id, line_no, merchant_id, toYYYYMM(placed_day) AS month, placed_day, version, true AS is_staged,
        file_no, file_line, quantity, amount
    FROM load__staged
    WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__contested)
    UNION ALL
    SELECT
        order_id, line_no, merchant_id, toYYYYMM(placed_day) AS month, argMax(placed_day, version), max(version), false,
        0, 0, argMax(quantity, version), argMax(amount, version)
    FROM {{published}}.order_lines
    WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__contested)
    GROUP BY order_id, line_no, merchant_id, month
    HAVING argMax(is_deleted, version) = 0
)
WINDOW line AS (PARTITION BY order_id, line_no ORDER BY version DESC, is_staged, file_no, file_line)
