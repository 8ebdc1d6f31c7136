-- How many lines, counted or not, does an undo take out of force, and how many does it put back? Grain: one row.
SELECT (SELECT count() FROM load__replaced) AS taken_out, (SELECT count() FROM load__restored) AS put_back
