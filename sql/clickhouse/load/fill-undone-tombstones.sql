-- Tombstones of lines that go out of force and that no line of their place (merchant and month) replaces: see fill-restored.
INSERT INTO load__clean (source, merchant_id, order_id, line_no, placed_day, batch_id, version, is_deleted)
WITH tops AS
(
    SELECT order_id, line_no, max(top) AS top
    FROM
    (
        SELECT order_id, line_no, max(version) AS top
        FROM {{published}}.order_lines
        WHERE source = {source:String} AND (order_id, line_no) IN (SELECT order_id, line_no FROM load__replaced)
        GROUP BY order_id, line_no
        UNION ALL
        SELECT order_id, line_no, max(version) FROM load__restored GROUP BY order_id, line_no
    )
    GROUP BY order_id, line_no
)
SELECT {source:String}, line.merchant_id, line.order_id, line.line_no, line.placed_day, {batch_id:UInt64}, top.top + 1, 1
FROM load__replaced AS line
INNER JOIN tops AS top ON line.order_id = top.order_id AND line.line_no = top.line_no
WHERE (line.merchant_id, line.order_id, line.line_no, toYYYYMM(line.placed_day)) NOT IN (
    SELECT merchant_id, order_id, line_no, toYYYYMM(placed_day) FROM load__restored)
