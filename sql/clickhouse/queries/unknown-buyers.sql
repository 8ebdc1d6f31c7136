-- Question: how much of what was sold in the months of a period and of its baseline does a count of buyers not cover, because the source does not tell who bought it?
-- Grain: belt × track of track_bits (0 = any), or track alone where by_belt is 0, belt '' then; else belt '' = merchants without a belt. Two queries of one text: of an area, seen as a whole or not
-- at all, and of every belt that may be seen. line_count: counted lines; unknown_gmv: in hundredths. Null: never; no row = every buyer is told, on either side.
WITH {{effective-versions}}
SELECT
    if({by_belt:UInt8} = 1, toString(belt_id), '')                               AS belt,
    track_bit,
    sumIf(lines, month IN {months:Array(Date)})                                  AS line_count,
    sumIf(lines, month IN {baseline_months:Array(Date)})                         AS baseline_line_count,
    toFloat64(toInt64(sumIf(gmv, month IN {months:Array(Date)}) * 100))          AS unknown_gmv,
    toFloat64(toInt64(sumIf(gmv, month IN {baseline_months:Array(Date)}) * 100)) AS baseline_unknown_gmv
FROM rollup_unknown_buyer_month
ARRAY JOIN {track_bits:Array(UInt16)} AS track_bit
WHERE {{rows-seen}}
  AND (month IN {months:Array(Date)} OR month IN {baseline_months:Array(Date)})
  AND (track_bit = 0 OR bitAnd(combination, track_bit) != 0)
  AND (month, data_version) IN effective_versions
GROUP BY belt, track_bit
ORDER BY belt, track_bit
