-- The numbers of the buyers of some touched months: bitmaps are made of them, and they group in half of the time that text
-- takes (measured). Grain: buyer.
CREATE OR REPLACE TABLE load__numbered_buyers ENGINE = Memory AS
SELECT unit_id AS buyer_id, unit_no AS buyer_no
FROM {{published}}.unit_numbers
WHERE source = {source:String} AND unit = 'buyer' AND unit_id IN (SELECT buyer_id FROM load__buyers)
