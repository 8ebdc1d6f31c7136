-- Rows that put lines back in force and take others out. The versions of the first are above all that a line has had, in whatever
-- month or of whatever merchant; those of tombstones just below, so that they are no rival where FINAL compares across partitions.
INSERT INTO load__clean
WITH
    lines AS
    (
        SELECT order_id, line_no FROM load__restored
        UNION DISTINCT
        SELECT order_id, line_no FROM load__replaced
    ),
    tops AS
    (
        SELECT order_id, line_no, max(top) AS top
        FROM
        (
            SELECT order_id, line_no, max(version) AS top
            FROM {{published}}.order_lines
            WHERE source = {source:String} AND (order_id, line_no) IN (SELECT order_id, line_no FROM lines)
            GROUP BY order_id, line_no
            UNION ALL
            SELECT order_id, line_no, max(version) FROM load__restored GROUP BY order_id, line_no
        )
        GROUP BY order_id, line_no
    )
SELECT line.* REPLACE (top.top + 2 AS version, {batch_id:UInt64} AS written_by)
FROM load__restored AS line
INNER JOIN tops AS top ON line.order_id = top.order_id AND line.line_no = top.line_no
