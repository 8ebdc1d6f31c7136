-- Question: of how many counted lines of an area, and of what value, is known where they belong: belt, owner, track? And how often did belts change?
-- Grain: one row, of row_count lines. *_without_belt: of merchants without a belt on the day, and so without a category. *_of_own_owner: of merchants that are their own owner, which is
-- also what one is that no owner is given of. lines_without_track: lines of classic wholesale ({wholesale_bit}) alone, which is what is in no other track. gmv in hundredths.
-- moved_merchants: with more than one belt among their memberships; altered_belts: whose place or goods have changed since they were first published. Null: never.
WITH {{effective-versions}}
SELECT
    sum(lines)                                     AS row_count,
    sumIf(lines, belt_id = '')                     AS lines_without_belt,
    sumIf(lines, owner_id = merchant_id)           AS lines_of_own_owner,
    sumIf(lines, combination = {wholesale_bit:UInt16}) AS lines_without_track,
    sum(gmv)                                       AS gmv_sum,
    sumIf(gmv, belt_id = '')                       AS gmv_without_belt,
    (
        SELECT count()
        FROM
        (
            SELECT merchant_id
            FROM memberships FINAL
            WHERE {{area-belts}} AND {{versions-in-force}}
            GROUP BY merchant_id
            HAVING uniqExact(belt_id) > 1
        )
    )                                              AS moved_merchants,
    (
        SELECT count()
        FROM
        (
            SELECT belt_id
            FROM belts FINAL
            WHERE {{area-belts}} AND {{versions-in-force}}
            GROUP BY belt_id
            HAVING uniqExact((province, city, county, category_zh)) > 1
        )
    )                                              AS altered_belts
FROM rollup_merchant_month
WHERE {{area-belts}}
  AND (month, data_version) IN effective_versions
