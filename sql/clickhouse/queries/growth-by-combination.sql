-- Question: what was sold in a period and in its baseline, by exclusive combination of tracks: in their whole months, or on the
-- covered days of their part months? Two queries of one text, as in growth-by-belt.
-- Grain: combination (bits of rollup_belt_month). area_everything 1 = the nation, each order once; else the sum over area_belts.
-- Null: never; a combination without a row sold nothing on either side.
WITH {{effective-versions}}
SELECT
    combination,
    {{sums-of-both-sides}}
FROM {{cells}} AS cell
GROUP BY combination
ORDER BY combination
