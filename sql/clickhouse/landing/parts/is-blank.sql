-- Whether a line holds nothing but white space (with the no-break and the ideographic one), or the mark that ended files long ago
-- (Ctrl-Z). At the end of a file such lines are no records, unless the white space is itself the delimiters of one.
match({{raw}}, '^(?:[ \t\v\f\r\x1a]|\xC2\xA0|\xE3\x80\x80)*$')
