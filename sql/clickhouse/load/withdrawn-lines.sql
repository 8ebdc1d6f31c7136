-- How many lines does the batch withdraw, and of how many in force in the months that it brings? One row.
SELECT
    (SELECT count() FROM load__withdrawn) AS withdrawn,
    (
        SELECT count()
        FROM {{published}}.order_lines FINAL
        WHERE withdrawn > 0 AND source = {source:String} AND is_deleted = 0
            AND toYYYYMM(placed_day) IN (SELECT DISTINCT toYYYYMM(placed_day) FROM load__staged WHERE source = {source:String})
    ) AS in_force
