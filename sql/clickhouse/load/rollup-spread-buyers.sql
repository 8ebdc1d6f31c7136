-- Buyers of several belts on a day, by belt.
INSERT INTO {{published}}.rollup_spread_day (source, unit, month, data_version, belt_id, day, unit_no, combination)
SELECT {source:String}, 'buyer', toStartOfMonth(days.at), {batch_id:UInt64}, belts.belt_id, days.at, days.no, days.own
FROM load__buyer_days_spread AS days
LEFT ANY JOIN load__known_belts AS belts ON days.belt_no = belts.belt_no
WHERE days.belt_no > 0 AND (days.no, days.at) IN (
    SELECT no, at FROM load__buyer_days_spread WHERE belt_no > 0 GROUP BY no, at HAVING count() > 1)
