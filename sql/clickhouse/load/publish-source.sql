-- What the source declares of itself, where it is new or differs from what is in force.
INSERT INTO {{published}}.sources (source, name_zh, name_en, currency, time_zone, home_country, data_version)
SELECT *, {batch_id:UInt64}
FROM
(
    SELECT source, name_zh, name_en, currency, time_zone, home_country FROM load__source
    EXCEPT
    SELECT toString(source), name_zh, name_en, toString(currency), time_zone, toString(home_country) FROM {{published}}.sources
    WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
    ORDER BY data_version DESC LIMIT 1
)
