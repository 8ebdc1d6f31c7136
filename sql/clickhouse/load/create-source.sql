CREATE TABLE load__source
(source String, name_zh String, name_en String, currency String, time_zone String, home_country String)
ENGINE = MergeTree ORDER BY source AS
SELECT {source:String}, {name_zh:String}, {name_en:String}, {currency:String}, {time_zone:String}, {home_country:String}
