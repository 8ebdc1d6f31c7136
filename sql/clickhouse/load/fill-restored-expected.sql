-- What a batch that undoes others changes in the number of counted lines in force: see fill-expected. Grain: one row.
INSERT INTO load__expected
SELECT toInt64((SELECT countIf(is_counted) FROM load__restored)) - toInt64((SELECT countIf(is_counted) FROM load__replaced))
