-- The fields of a line with delimiters or doubled quotes inside quotes. Cut at the quotes, so that every second piece is inside one;
-- hide delimiters inside (\x01) and doubled quotes (an empty piece between two quotes outside; \x02); cut at the delimiters that are
-- left; put back what was hidden. The delimiter added at the end keeps the last piece from being empty; the empty field that it
-- makes at the end is never asked for. Lines that hold one of the two characters themselves are odd.
arrayMap(
    field -> translate(field, '\x01\x02', concat({{delimiter}}, '"')),
    splitByChar({{delimiter}}, arrayStringConcat(arrayMap(
        (piece, i) -> if(i % 2 = 0, replaceAll(piece, {{delimiter}}, '\x01'), if(piece = '' AND i > 1, '\x02', piece)),
        splitByChar('"', concat({{raw}}, {{delimiter}})),
        arrayEnumerate(splitByChar('"', concat({{raw}}, {{delimiter}})))))))
