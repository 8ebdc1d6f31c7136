-- How many counted lines must be in force in the touched months? null: not known. One row.
SELECT max(lines) AS lines FROM load__expected
