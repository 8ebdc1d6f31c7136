-- The text of a line without the carriage return of its line end.
if(endsWith({{raw}}, '\r'), substring({{raw}}, 1, length({{raw}}) - 1), {{raw}})
