-- The commit: from this row on, readers see the batch. Refused where the load's tables are another's by now.
INSERT INTO {{published}}.data_versions (data_version, source, published_at, months, data_through)
SELECT {batch_id:UInt64}, {source:String}, {published_at:DateTime64(3)}, {months:Array(Date)}, {data_through:Date}
FROM (SELECT count() FROM load__plan)
