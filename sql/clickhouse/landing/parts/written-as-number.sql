-- A number as digits around a point, NULL where it is written otherwise. Groups of {{pattern}}: signs before and behind what stands in
-- front (1, 2), whole (3), decimals (4), sign behind (5). A number has one sign at most; one in parentheses is negative.
arrayMap(
    part -> if(
        empty(part) OR (part[1] = '(') != (part[5] = ')') OR (part[1] != '') + (part[2] != '') + (part[5] NOT IN ('', ')')) > 1,
        NULL,
        concat(
            if(part[1] IN ('-', '−', '(') OR part[2] != '' OR part[5] IN ('-', '−'), '-', ''),
            replaceRegexpAll(part[3], '[^0-9]', ''),
            if(part[4] = '', '', concat('.', part[4])))),
    [extractGroups({{value}}, {{pattern}})])[1]
