-- Merchants that a line may name: those of the batch's files that broke no rule, and those in force (see load__act).
CREATE TABLE load__known_merchants ENGINE = MergeTree ORDER BY merchant_id AS
SELECT merchant_id FROM load__merchants_checked WHERE empty(faults)
UNION DISTINCT
SELECT merchant_id FROM {{published}}.merchants WHERE source = {source:String} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
