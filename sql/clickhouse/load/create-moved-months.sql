-- In which months do lines in force lie whose belt or whose legal owner changes with the lookups of this batch, and how many?
-- Grain: month. Lines of the batch itself touch their months anyway.
--
-- When a shop changes hands: who owns a shop is what the newest lookup says, for all its months. A lookup has no day of the
-- sale, and a comparison of two periods needs one owner in both: with the former owner in the months before, the former would
-- be an exit, the new one an entrant, and neither has opened or closed a shop. So all months with counted lines of the shop are made
-- anew under this batch's version; as of an earlier version they stay the former owner's. Where the former owner is not known,
-- because the lookup was lost and is brought again, the months are made anew too, and no sale is said.
CREATE TABLE load__moved_months ENGINE = MergeTree ORDER BY month AS
WITH
    (day, from_days, to_days, belt_nos) -> belt_nos[arrayFirstIndex((start, stop) -> day >= start AND day < stop, from_days, to_days)] AS belt_on,
    moved AS
    (
        SELECT now_.merchant_id AS merchant_id, before.from_days AS old_from, before.to_days AS old_to, before.belt_nos AS old_belts,
            now_.from_days AS new_from, now_.to_days AS new_to, now_.belt_nos AS new_belts, before.owner_id AS old_owner, now_.owner_id AS new_owner
        FROM load__members AS now_
        INNER JOIN load__members_before AS before ON now_.merchant_id = before.merchant_id
        WHERE (now_.from_days, now_.to_days, now_.belt_nos, now_.owner_id) != (before.from_days, before.to_days, before.belt_nos, before.owner_id)
    )
SELECT
    toYYYYMM(placed_day) AS month,
    countIf(belt_on(placed_day, old_from, old_to, old_belts) != belt_on(placed_day, new_from, new_to, new_belts)) AS moved_lines,
    countIf(old_owner NOT IN ('', new_owner) AND is_counted) AS handed_lines
FROM {{published}}.order_lines AS line FINAL
INNER JOIN moved ON line.merchant_id = moved.merchant_id
WHERE line.source = {source:String} AND line.merchant_id IN (SELECT merchant_id FROM moved) AND line.is_deleted = 0
GROUP BY month
HAVING moved_lines > 0 OR countIf(old_owner != new_owner AND is_counted) > 0
