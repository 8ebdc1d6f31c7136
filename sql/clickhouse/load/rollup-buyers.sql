-- Active buyers of each belt and month with the OR of their combinations, for distinct buyers over several months.
INSERT INTO {{published}}.rollup_buyer_month (source, belt_id, month, data_version, buyer_id, combination)
SELECT {source:String}, ifNull(belts.belt_id, ''), units.month, {batch_id:UInt64}, units.buyer_id, units.combination
FROM (SELECT belt_no, month, buyer_id, groupBitOr(combination) AS combination FROM load__counted GROUP BY belt_no, month, buyer_id) AS units
LEFT JOIN load__known_belts AS belts ON units.belt_no = belts.belt_no
