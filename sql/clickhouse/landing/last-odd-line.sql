-- Which is the last odd line of a file that is not blank? Grain: one row. last: 0 where there is none.
SELECT maxIf(_line, NOT {{is_blank}}) AS last
FROM
(
    {{odd_lines}}
)
