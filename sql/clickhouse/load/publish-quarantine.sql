INSERT INTO {{published}}.quarantine (batch_id, source, file_no, line, raw, faults, quantity, amount)
SELECT {batch_id:UInt64}, {source:String}, file_no, line, raw, faults, quantity, amount
FROM load__rejects
