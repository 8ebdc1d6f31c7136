-- Numbers the buyers of some touched months who have none, above the greatest that is given. Rows of loads that were never
-- committed are gone by now, so that nobody gets two numbers and no number two buyers.
INSERT INTO {{published}}.unit_numbers (source, unit, unit_id, unit_no, data_version)
SELECT
    {source:String}, 'buyer', buyer_id,
    toUInt32((SELECT max(unit_no) FROM {{published}}.unit_numbers WHERE source = {source:String} AND unit = 'buyer') + row_number() OVER ()),
    {batch_id:UInt64}
FROM load__buyers
WHERE buyer_id NOT IN (SELECT unit_id FROM {{published}}.unit_numbers WHERE source = {source:String} AND unit = 'buyer')
