-- Reads every value of one part of {{target}}; fails where one cannot be read.
SELECT sum(cityHash64(tuple({{columns}}))) AS checksum FROM {{published}}.{{target}} WHERE _part = {part:String}
