-- In which months do lines in force lie whose belt changes with the memberships of this batch, and how many? Grain: month.
-- Lines of the batch itself touch their months anyway.
CREATE TABLE load__moved_months ENGINE = MergeTree ORDER BY month AS
WITH
    (day, from_days, to_days, belt_nos) -> belt_nos[arrayFirstIndex((start, stop) -> day >= start AND day < stop, from_days, to_days)] AS belt_on,
    moved AS
    (
        SELECT now_.merchant_id AS merchant_id, before.from_days AS old_from, before.to_days AS old_to, before.belt_nos AS old_belts,
            now_.from_days AS new_from, now_.to_days AS new_to, now_.belt_nos AS new_belts
        FROM load__members AS now_
        INNER JOIN load__members_before AS before ON now_.merchant_id = before.merchant_id
        WHERE (now_.from_days, now_.to_days, now_.belt_nos) != (before.from_days, before.to_days, before.belt_nos)
    )
SELECT toYYYYMM(placed_day) AS month, count() AS moved_lines
FROM {{published}}.order_lines AS line FINAL
INNER JOIN moved ON line.merchant_id = moved.merchant_id
WHERE line.source = {source:String} AND line.merchant_id IN (SELECT merchant_id FROM moved) AND line.is_deleted = 0
    AND belt_on(placed_day, old_from, old_to, old_belts) != belt_on(placed_day, new_from, new_to, new_belts)
GROUP BY month
