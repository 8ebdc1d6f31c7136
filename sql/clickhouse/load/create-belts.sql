-- Belts of the batch's files, as text with the rules they break. Grain: row of the mapping; rows that say the very same count
-- once. faults: (rule, field, value). No text is longer than what people may ask for by it. A name in which nothing can be seen is none: pages then show that of the other language, and no gap.
CREATE TABLE load__belts_checked ENGINE = MergeTree ORDER BY belt_id AS
WITH
    x -> if(match(x, {blank:String}), '', x) AS seen,
    x -> if(x = '', NULL, toFloat64OrNull(x)) AS degrees,
    (x, low, high) -> x = '' OR ifNull(toFloat64OrNull(x) BETWEEN low AND high, false) AS is_degrees
SELECT
    toUInt16(_file_no) AS file_no, toUInt64(_line) AS line, belt_id, seen(name_zh) AS name_zh, seen(name_en) AS name_en,
    seen(province) AS province, seen(city) AS city, seen(county) AS county, adcode, seen(category_zh) AS category_zh, seen(category_en) AS category_en,
    degrees(longitude) AS east, degrees(latitude) AS north,
    arrayFilter(fault -> fault.1 != '', arrayConcat([
        (multiIf(belt_id = '', 'required', length(belt_id) > 128, 'too-long', match(belt_id, {rounded_number:String}), 'rounded-id', match(belt_id, {blank:String}), 'invisible-character', ''), 'belt_id', belt_id),
        (if(name_zh = '' AND name_en = '', 'required', ''), 'name_zh', ''),
        (if(is_degrees(longitude, -180, 180), '', 'out-of-range'), 'longitude', longitude),
        (if(is_degrees(latitude, -90, 90), '', 'out-of-range'), 'latitude', latitude),
        (if(row_number() OVER (PARTITION BY belt_id ORDER BY toUInt16(_file_no), toUInt64(_line)) > 1, 'repeated-key', ''), 'belt_id', belt_id)
    ], arrayMap((field, text) -> (if(length(text) > 200, 'too-long', ''), field, text),
        ['name_zh', 'name_en', 'province', 'city', 'county', 'category_zh', 'category_en'],
        [name_zh, name_en, province, city, county, category_zh, category_en]))) AS faults
FROM
(
    SELECT {{columns}} FROM {{mapping}}
    ORDER BY toUInt16(_file_no), toUInt64(_line)
    LIMIT 1 BY belt_id, name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude
)
SETTINGS {{limits}}
