-- What the source declared of itself last: of a batch that brings no declaration of its own.
CREATE TABLE load__source ENGINE = MergeTree ORDER BY source AS
SELECT toString(source) AS source, name_zh, name_en, toString(currency) AS currency, time_zone, toString(home_country) AS home_country
FROM {{published}}.sources
WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
ORDER BY data_version DESC LIMIT 1
