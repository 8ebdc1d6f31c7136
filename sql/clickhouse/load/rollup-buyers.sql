-- Active buyers of each belt and month with the OR of their combinations, for distinct buyers over several months.
INSERT INTO {{published}}.rollup_buyer_month (source, belt_id, month, data_version, buyer_id, combination)
SELECT {source:String}, belts.belt_id, active.at, {batch_id:UInt64}, buyers.buyer_id, active.own
FROM load__buyer_months AS active
LEFT ANY JOIN load__known_belts AS belts ON active.belt_no = belts.belt_no
LEFT ANY JOIN load__buyers AS buyers ON active.no = buyers.buyer_no
