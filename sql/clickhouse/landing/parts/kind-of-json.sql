-- The kind of a line of JSON lines.
if({{is_blank}}, {{odd}}, {{plain}})
