-- Belts that a membership may name, numbered from 1: those of the batch's files that broke no rule, and those in force.
CREATE TABLE load__known_belts ENGINE = MergeTree ORDER BY belt_id AS
SELECT belt_id, toUInt32(row_number() OVER (ORDER BY belt_id)) AS belt_no
FROM
(
    SELECT belt_id FROM load__belts_checked WHERE empty(faults)
    UNION DISTINCT
    SELECT belt_id FROM {{published}}.belts WHERE source = {source:String} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
)
