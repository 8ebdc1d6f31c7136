-- What became of the lines of a file? Grain: one row. lines: up to the last that is not blank; rows: its records; malformed: what is
-- none; continued: later lines of records of several. has_plain: whether lines are records by themselves (in JSON lines, none is).
WITH
    (
        SELECT (countIf(_line <= {last_line:UInt64}), countIf({has_plain:Bool} AND _kind <> {odd_kind:UInt8}))
        FROM {database:Identifier}.{lines:Identifier}
        WHERE _file_no = {file_no:UInt16}
    ) AS landed
SELECT
    landed.1 AS lines,
    landed.2
        + (SELECT count() FROM {database:Identifier}.{resolved:Identifier} WHERE _file_no = {file_no:UInt16})
        - (SELECT count() FROM {database:Identifier}.{aside:Identifier} WHERE _file_no = {file_no:UInt16}) AS rows,
    (SELECT count() FROM {database:Identifier}.landing_faults WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16}) AS malformed,
    {{continued}} AS continued
