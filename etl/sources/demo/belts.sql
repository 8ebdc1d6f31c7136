-- Belts of the registry. It has no English categories, but its English names begin with the place, as in "Yiwu small
-- commodities" or "Humen (Dongguan) womenswear", so what follows stands for the goods.
SELECT
    _file_no, _line, belt_id, name_zh, name_en, province, city, county, adcode, category_zh,
    replaceRegexpOne(name_en, '^[^ ]+( [(][^)]*[)])? ', '') AS category_en,
    longitude_gcj02 AS longitude,
    latitude_gcj02 AS latitude
FROM belts
