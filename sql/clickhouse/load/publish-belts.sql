-- Belts that are new or differ from what is in force.
INSERT INTO {{published}}.belts
    (source, belt_id, name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude, data_version)
SELECT {source:String}, *, {batch_id:UInt64}
FROM
(
    SELECT belt_id, name_zh, name_en, toString(province), city, county, adcode, category_zh, category_en, east, north
    FROM load__belts_checked WHERE empty(faults)
    EXCEPT
    SELECT belt_id, name_zh, name_en, toString(province), city, county, adcode, category_zh, category_en, longitude, latitude
    FROM {{published}}.belts WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
    ORDER BY data_version DESC LIMIT 1 BY belt_id
)
