-- Keeps the lines that the batch takes out of force.
INSERT INTO {{published}}.replaced_lines SELECT *, {batch_id:UInt64} FROM load__replaced
