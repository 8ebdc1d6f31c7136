-- The fields of any well-formed CSV record, given without its line end: the cheapest way that is right for it. general: a regular
-- expression of a record that split-general.sql can take apart (split_general); field: of one field and the delimiter after it.
multiIf(
    position({{raw}}, '"') = 0, splitByChar({{delimiter}}, {{raw}}),
    match({{raw}}, {{general}}), {{split_general}},
    arrayMap(
        field -> if(startsWith(field, '"'), replaceAll(substring(field, 2, length(field) - 2), '""', '"'), field),
        extractAll(concat({{raw}}, {{delimiter}}), {{field}})))
