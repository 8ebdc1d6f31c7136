-- How many lines in force would be left in although the batch does not bring them, because a record was rejected whose order cannot be told? One row.
SELECT countIf(is_withheld) AS lines FROM load__withdrawn
