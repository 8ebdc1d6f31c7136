-- The first case of a line's kind, where the table has a single column: a blank line has the right number of delimiters.
{{is_blank}}, {{odd}},
