-- How many counted lines must be in force in the touched months? null: not known. One row.
SELECT if(countIf(lines IS NULL) > 0, NULL, sum(lines)) AS lines FROM load__expected
