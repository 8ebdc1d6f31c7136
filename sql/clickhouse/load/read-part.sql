-- Reads every value of one part of {{target}}, and its index; fails where one cannot be read. {{key}}: true of every row, by the index.
SELECT sum(cityHash64(tuple({{columns}}))) AS checksum FROM {{published}}.{{target}} WHERE _part = {part:String} AND {{key}}
