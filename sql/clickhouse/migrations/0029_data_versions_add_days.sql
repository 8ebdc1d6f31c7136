-- Which days a month reaches from and to, as of a version: beside a month that was never loaded only these are known. Of each of
-- `months`, in its order: the first and the last business day with a line in force, counted or not; 1970-01-01 where the
-- version leaves none, so that the month is as if it had never been loaded. Empty in versions from before this was kept.
ALTER TABLE {{database}}.data_versions {{on_cluster}}
ADD COLUMN IF NOT EXISTS first_days Array(Date) AFTER months,
ADD COLUMN IF NOT EXISTS last_days Array(Date) AFTER first_days
