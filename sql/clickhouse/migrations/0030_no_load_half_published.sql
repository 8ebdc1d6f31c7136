-- The next migrations give the figures other columns, which a load that was decided before does not fill: it has to be
-- completed first, by the program that began it. Changes nothing.
SELECT throwIf(count() > 0, 'A load was cut short while it was published. Complete it with the version of Beltline that began it (npm run etl -- recover), then update again.')
FROM (SELECT argMax(state, event_no) AS last_state FROM {{database}}.load_events GROUP BY batch_id)
WHERE last_state = 'publishing'
