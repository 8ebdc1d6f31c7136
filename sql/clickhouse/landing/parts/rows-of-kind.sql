-- The records of one kind of line: of a file that does not have it, its granules are skipped. fields: how such a line is taken apart;
-- columns: what each column is of `_fields`; not_aside: parts/not-aside.sql, or nothing where no line was set aside. The condition on the row number is always true; as its
-- function has a state, the planner takes no condition of the reader below it. Without it, a reader's condition is joined to
-- NOT IN by AND, evaluated lazily, and then splits each line anew for each column that it names (19 columns: 13 s of processor
-- time instead of 2, on 4 million lines).
SELECT _file_no, _line, {{columns}}
FROM
(
    SELECT * FROM
    (
        SELECT _file_no, _line, {{fields}} AS _fields
        FROM {{lines}}
        PREWHERE _kind = {{kind}}
        {{not_aside}}
    )
    WHERE rowNumberInAllBlocks() >= 0
)
