-- Which is the last line of a file, and what is wrong with it? Grain: one row. line: 0 where nothing follows the header;
-- rule: '' where it is a record, a part of one, or blank. value: of the wrong number of columns, how many there are.
SELECT last.line AS line, fault.rule AS rule, fault.value AS value
FROM
(
    SELECT max(_line) AS line FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16}
) AS last
LEFT JOIN
(
    SELECT line, rule, value FROM {database:Identifier}.landing_faults
    WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16}
) AS fault ON last.line = fault.line
SETTINGS join_use_nulls = 0
