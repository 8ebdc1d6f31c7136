-- The kind of a line of TSV. blank_is_odd: blank-is-odd.sql or nothing.
multiIf({{blank_is_odd}}
    NOT (countSubstrings({{raw}}, {{delimiter}}) = {{delimiters}}), {{odd}},
    position({{raw}}, '\\') = 0, {{plain}},
    {{general}})
