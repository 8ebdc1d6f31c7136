-- Question: what did each belt sell on one track in a period and in its baseline: in their whole months, or on the covered days
-- of their part months? Two queries of one text, because most periods have no part months and planning them takes as long as
-- the rest.
-- Grain: level × belt: each belt ('' = merchants without a belt) and, for who may see everything, the nation (also ''), where
-- each order counts once. track_bit 0 = any track. Null: never; no row = nothing sold on either side.
WITH {{effective-versions}}
SELECT
    level, belt_id,
    {{sums-of-both-sides}}
FROM {{cells}} AS cell
WHERE ({track_bit:UInt16} = 0 OR bitAnd(combination, {track_bit:UInt16}) != 0)
GROUP BY level, belt_id
ORDER BY level, belt_id
