-- The next migrations change order_lines, whose partitions a batch that was cut short while it was published still has to
-- attach: such a batch has to be completed first, by the program that began it. Changes nothing.
SELECT throwIf(count() > 0, 'A load was cut short while it was published. Complete it with the version of Beltline that began it (npm run etl -- recover), then update again.')
FROM (SELECT argMax(state, event_no) AS last_state FROM {{database}}.load_events GROUP BY batch_id)
WHERE last_state = 'publishing'
