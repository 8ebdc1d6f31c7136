-- Odd lines of a TSV file that are records after all. Grain: such a line of one file.
INSERT INTO {database:Identifier}.{resolved:Identifier}
SELECT {file_no:UInt16}, _line, text, [text]
FROM
(
    {{odd_lines}}
)
WHERE ({{is_record}}) AND _line <= {last_line:UInt64}
