-- Belts, from belts.csv beside this file.
SELECT
    _file_no, _line, belt_id, name_zh, name_en, province, city, '' AS county, '' AS adcode, category_zh, category_en,
    '' AS longitude, '' AS latitude
FROM belts
