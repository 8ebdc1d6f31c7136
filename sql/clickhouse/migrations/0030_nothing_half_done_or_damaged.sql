-- Before tables are changed: the next migrations give the figures other columns, which a load that was decided before does not
-- fill; it has to be completed first, by the program that began it. And they copy sums, which have to be readable: once a table has been
-- changed, that program can no longer make them anew. Changes nothing.
SELECT throwIf((
    SELECT countIf(last_state = 'publishing')
    FROM (SELECT argMax(state, event_no) AS last_state FROM {{database}}.load_events GROUP BY batch_id)
) > 0, 'A load was cut short while it was published. Complete it with the version of Beltline that began it (npm run etl -- recover), then update again.'),
    (SELECT sum(cityHash64(tuple(*))) FROM {{database}}.rollup_belt_day),
    (SELECT sum(cityHash64(tuple(*))) FROM {{database}}.rollup_belt_month),
    (SELECT sum(cityHash64(tuple(*))) FROM {{database}}.rollup_merchant_month),
    (SELECT sum(cityHash64(tuple(* REPLACE (bitmapToArray(active) AS active)))) FROM {{database}}.rollup_active_month),
    (SELECT sum(cityHash64(tuple(*))) FROM {{database}}.rollup_spread_day),
    (SELECT sum(cityHash64(tuple(*))) FROM {{database}}.seals),
    (SELECT sum(cityHash64(merchant_id, owner_id)) FROM {{database}}.merchants),
    (SELECT sum(combination) FROM {{database}}.order_lines)
