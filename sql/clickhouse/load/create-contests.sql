-- Every record that claims to be the state of a contested line, in the order in which they win: the latest updated_at; of
-- one updated_at the later load, and in a load the later file, then the later row of it. So what was exported again, or is
-- mapped anew, replaces what was there; only a record of the very same content as the one in force changes nothing.
-- Grain: record. place = merchant and month, which decide where a record lies: only records of one place replace each
-- other by themselves (ReplacingMergeTree never merges across partitions or keys), and they do so by version. is_raised:
-- a winner whose version is not above that of the record in force is published with one that is (winner_version).
-- is_tied: a loser of the winner's updated_at and of other content.
CREATE TABLE load__contests ENGINE = MergeTree ORDER BY (is_staged, file_no, file_line) AS
SELECT
    *,
    is_staged AND rank > 1 AS is_superseded,
    is_superseded AND NOT (is_winner_staged AND is_in_winners_place AND version < winner_version) AS is_harmful,
    NOT is_staged AND rank > 1 AS is_replaced,
    is_replaced AND NOT is_in_winners_place AS needs_tombstone,
    is_staged AND rank = 1 AND version < winner_version AS is_raised,
    rank > 1 AND updated_at = winner_updated_at AND content != winner_content AS is_tied
FROM
(
    SELECT
        *,
        row_number() OVER line AS rank,
        first_value(is_staged) OVER line AS is_winner_staged,
        first_value(updated_at) OVER line AS winner_updated_at,
        first_value(content) OVER line AS winner_content,
        first_value(merchant_id) OVER line = merchant_id AND first_value(month) OVER line = month AS is_in_winners_place,
        first_value(version) OVER line AS version_of_winner,
        if(is_winner_staged AND version_of_winner <= version_in_force + 1, version_in_force + 2, version_of_winner) AS winner_version
    FROM
    (
        SELECT
            *,
            argMaxIf(content, (file_no, file_line), is_staged) OVER (PARTITION BY order_id, line_no, updated_at) AS last_content,
            multiIf(is_staged, 1, content = last_content, 2, 0) AS preference
        FROM
        (
            SELECT
                order_id, line_no, merchant_id, month, is_staged, file_no, file_line, highest AS version, version_in_force,
                newest.1 AS placed_day, newest.2 AS updated_at, newest.3 AS quantity, newest.4 AS amount, newest.5 AS content
            FROM
            (
                -- Tombstones claim nothing, but what is published must be above them too.
                SELECT *, maxIf(highest, NOT is_staged) OVER (PARTITION BY order_id, line_no) AS version_in_force
                FROM
                (
                -- The newest record of each place, and each staged row, which is a group of its own.
                SELECT
                    order_id, line_no, merchant_id, toYYYYMM(placed_day) AS month, is_staged, file_no, file_line,
                    max(version) AS highest,
                    argMax(is_deleted, version) AS is_gone,
                    argMax((placed_day, updated_at, quantity, amount, cityHash64(
                        merchant_id, placed_at, ifNull(paid_at, toDateTime(0)), ifNull(dispatched_at, toDateTime(0)),
                        ifNull(delivered_at, toDateTime(0)), status, buyer_id, buyer_type, buyer_country, destination_country,
                        sales_mode, channel, sku_id, ifNull(sku_listed_on, toDate(0)), category, quantity, amount, refund_amount,
                        currency, is_custom, is_factory_brand, combination, is_counted)), version) AS newest
                FROM
                (
                    SELECT *, true AS is_staged
                    FROM load__staged
                    WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__contested)
                    UNION ALL
                    SELECT * REPLACE (0 AS file_no, 0 AS file_line), false AS is_staged
                    FROM {{published}}.order_lines
                    WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__contested)
                )
                GROUP BY order_id, line_no, merchant_id, month, is_staged, file_no, file_line
                )
            )
            WHERE NOT is_gone
        )
    )
    WINDOW line AS (PARTITION BY order_id, line_no ORDER BY updated_at DESC, preference DESC, file_no DESC, file_line DESC)
)
