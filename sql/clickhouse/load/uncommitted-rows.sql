-- Has a batch left rows in this table? Of batches that were never committed they must go before another one commits,
-- since the newest version up to the reader's holds. Grain: table; one such statement a table, united.
SELECT '{{target}}' AS target, count() AS lines FROM {{published}}.{{target}} WHERE {{version_column}} = {batch_id:UInt64}
