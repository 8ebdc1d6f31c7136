-- The fields of a line with quotes around whole fields only, but for the carriage return after the last.
splitByChar({{delimiter}}, replaceAll({{raw}}, '"', ''))
