-- Odd lines of a TSV file that are no records. Grain: such a line of one file. value: the number of columns found, 0 = a blank line.
INSERT INTO {database:Identifier}.landing_faults
SELECT
    {table_name:String}, {file_no:UInt16}, _line, text, 'wrong-column-count', '',
    toString(if(text = '', 0, length(splitByChar('\t', text))))
FROM
(
    {{odd_lines}}
)
WHERE NOT ({{is_record}}) AND _line <= {last_line:UInt64}
