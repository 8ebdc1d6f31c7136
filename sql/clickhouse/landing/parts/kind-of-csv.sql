-- The kind of a line of CSV. blank_is_odd: blank-is-odd.sql or nothing. simple, any_case: regular expressions of a whole record that is
-- quoted, or general. As a column's default all branches are evaluated for every line: so the patterns look into arrays that are
-- empty where a line is not their business. A quoted field that ends in a carriage return of its own must not be mistaken for one
-- of the line end's.
multiIf({{blank_is_odd}}
    position({{raw}}, '"') = 0,
        if(countSubstrings({{raw}}, {{delimiter}}) = {{delimiters}}, {{plain}}, {{odd}}),
    endsWith({{raw}}, '\r"') OR endsWith({{raw}}, '\r"\r'),
        {{odd}},
    arrayExists(text -> match(text, {{simple}}), if(position({{raw}}, '"') = 0, [], [{{raw}}])),
        {{quoted}},
    arrayExists(text -> match(text, {{any_case}}),
            if(position({{raw}}, '"') = 0 OR arrayExists(text -> match(text, {{simple}}), if(position({{raw}}, '"') = 0, [], [{{raw}}])),
                [], [{{raw}}])),
        {{general}},
    {{odd}})
