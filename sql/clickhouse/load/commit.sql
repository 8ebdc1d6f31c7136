-- The commit: from this row on, readers see the batch. Refused where the load's tables are another's by now.
INSERT INTO {{published}}.data_versions (data_version, source, published_at, months, first_days, last_days, data_through, undone, act, actor, reason)
SELECT
    {batch_id:UInt64},
    {source:String},
    -- What was published as of a day stays what it was, also where this machine's clock is behind that of the load before.
    greatest(
        {published_at:DateTime64(3)},
        (SELECT addMilliseconds(max(published_at), 1) FROM {{published}}.data_versions WHERE source = {source:String})
    ),
    {months:Array(Date)},
    {first_days:Array(Date)},
    {last_days:Array(Date)},
    {data_through:Date},
    (SELECT undone FROM load__act), (SELECT act FROM load__act), (SELECT actor FROM load__act), (SELECT reason FROM load__act)
FROM (SELECT count() FROM load__plan)
