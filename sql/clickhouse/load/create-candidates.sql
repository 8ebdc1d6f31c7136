-- Every record that claims to be the state of a line that occurs more than once, in the order in which they win: the latest updated_at; of
-- one updated_at the later load, and in a load the later file, then the later row of it. So what was exported again, or is
-- mapped anew, replaces what was there; only a record of the very same content as the one in force changes nothing. That one
-- is replaced as well where it was read under another mapping ({other:Array(UInt64)}: batches of such), so that a line says
-- which mapping it was read under last.
-- {replaces:Bool}: the batch's records win over those in force whatever their updated_at, because it replaces whole months.
-- Grain: record. place = merchant and month, which decide where a record lies: only records of one place replace each
-- other by themselves (ReplacingMergeTree never merges across partitions or keys), and they do so by version. is_raised:
-- a winner whose version is not above that of the record in force is published with one that is (winner_version).
-- is_tied: a loser of the winner's updated_at and of other content. is_harmful: a loser that the winner does not replace
-- by itself and that may not lie beside it; the very same record again may. {{content}}: hash of what a record says.
CREATE TABLE load__candidates ENGINE = MergeTree ORDER BY (is_staged, file_no, file_line) AS
SELECT
    *,
    is_staged AND rank > 1 AS is_superseded,
    is_superseded AND NOT (
        is_winner_staged AND is_in_winners_place AND (version < winner_version OR version = winner_version AND content = winner_content)
    ) AS is_harmful,
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
        if(is_winner_staged AND version_of_winner <= effective_version + 1, effective_version + 2, version_of_winner) AS winner_version
    FROM
    (
        SELECT *, multiIf(is_staged, 1, content = last_content AND NOT is_of_other, 2, 0) AS preference
        FROM
        (
            -- Tombstones claim nothing, but what is published must be above them too. The first window is sorted as the
            -- second needs it, so side by side they are one sort.
            SELECT
                *,
                maxIf(version, NOT is_staged) OVER (PARTITION BY order_id, line_no) AS effective_version,
                argMaxIf(content, (file_no, file_line), is_staged) OVER (PARTITION BY order_id, line_no, updated_at) AS last_content
            FROM
            (
                SELECT
                    order_id, line_no, merchant_id, toYYYYMM(placed_day) AS month, true AS is_staged, file_no, file_line, version,
                    0 AS is_gone, false AS is_of_other, placed_day, updated_at, quantity, amount, is_counted, {{content}} AS content
                FROM load__staged
                WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__repeated)
                UNION ALL
                -- The newest record of each place.
                SELECT
                    order_id, line_no, merchant_id, month, false, 0, 0, max(record_version), argMax(is_deleted, record_version),
                    argMax(is_of_other, record_version), argMax(record.1, record_version), argMax(record.2, record_version), argMax(record.3, record_version),
                    argMax(record.4, record_version), argMax(record.5, record_version), argMax(record.6, record_version)
                FROM
                (
                    SELECT
                        order_id, line_no, merchant_id, toYYYYMM(placed_day) AS month, version AS record_version, is_deleted,
                        has({other:Array(UInt64)}, batch_id) AS is_of_other,
                        (placed_day, updated_at, quantity, amount, is_counted, {{content}}) AS record
                    FROM {{published}}.order_lines
                    WHERE source = {source:String} AND cityHash64(order_id, line_no) IN (SELECT line_key FROM load__repeated)
                )
                GROUP BY order_id, line_no, merchant_id, month
            )
        )
        WHERE NOT is_gone
    )
    WINDOW line AS (PARTITION BY order_id, line_no ORDER BY {replaces:Bool} AND is_staged DESC, updated_at DESC, preference DESC, file_no DESC, file_line DESC)
)
