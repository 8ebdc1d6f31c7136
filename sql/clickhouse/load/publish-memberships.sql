-- All memberships of merchants of which any differs from what is in force.
INSERT INTO {{published}}.memberships (source, merchant_id, valid_from, valid_to, belt_id, data_version)
SELECT {source:String}, merchant_id, from_day, to_day, belt_id, {batch_id:UInt64}
FROM load__memberships_checked
WHERE empty(faults) AND merchant_id IN (
    SELECT now_.merchant_id
    FROM load__members AS now_
    INNER JOIN load__members_before AS before ON now_.merchant_id = before.merchant_id
    WHERE (now_.from_days, now_.to_days, now_.belt_nos) != (before.from_days, before.to_days, before.belt_nos))
