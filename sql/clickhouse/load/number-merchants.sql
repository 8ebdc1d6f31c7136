-- Keeps the numbers that load__members gives to merchants who had none.
INSERT INTO {{published}}.unit_numbers (source, unit, unit_id, unit_no, data_version)
SELECT {source:String}, 'merchant', merchant_id, merchant_no, {batch_id:UInt64}
FROM load__members
WHERE merchant_id NOT IN (SELECT unit_id FROM {{published}}.unit_numbers WHERE source = {source:String} AND unit = 'merchant')
