-- Lines that were in force before a batch, {since:UInt64}, and are no longer: they come back. Grain: line.
CREATE TABLE load__restored ENGINE = MergeTree ORDER BY (merchant_id, order_id, line_no) AS
SELECT * EXCEPT (replaced_by)
FROM {{published}}.replaced_lines
WHERE source = {source:String} AND replaced_by >= {since:UInt64} AND written_by < {since:UInt64}
