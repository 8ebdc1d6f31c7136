-- The fields of a line without quotes, but for the carriage return after the last.
splitByChar({{delimiter}}, {{raw}})
