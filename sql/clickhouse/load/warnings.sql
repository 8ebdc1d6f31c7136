-- Warnings about the lines that the batch puts in force, by name; and about records that lost to another with the same
-- updated_at and other content: of the batch itself (same-instant-in-load), or in force until now (same-instant-replaced); and lines
-- that a full export no longer holds (withdrawn), or may hold in a record that could not be read (withdrawal-withheld).
-- Of ids, which are taken as they are written: lines with a blank (also U+00A0, U+3000) before or after one (blank-around-id).
-- Of orders: those whose lines lie on several days (order-on-several-days), and order numbers of 16 digits and more that end in zeros
-- behind the fifteenth, every one of at least ten (order-id-cut): a spreadsheet keeps fifteen.
-- Of merchants: those with a hole of one day between two memberships (membership-one-day-gap).
WITH id -> startsWith(id, ' ') + startsWith(id, '\xC2\xA0') + startsWith(id, '\xE3\x80\x80')
    + endsWith(id, ' ') + endsWith(id, '\xC2\xA0') + endsWith(id, '\xE3\x80\x80') AS blanks
SELECT name, lines
FROM
(
    SELECT arrayJoin(warnings) AS name, count() AS lines
    FROM load__staged
    WHERE source = {source:String} AND oddities > 0
        AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_superseded)
    GROUP BY name
    UNION ALL
    SELECT 'blank-around-id' AS name, count() AS lines
    FROM load__staged
    WHERE source = {source:String} AND blanks(order_id) + blanks(buyer_id) + blanks(sku_id) + blanks(merchant_id) > 0
        AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_superseded)
    HAVING lines > 0
    UNION ALL
    SELECT if(is_staged, 'same-instant-in-load', 'same-instant-replaced') AS name, count() AS lines
    FROM load__candidates
    WHERE is_tied
    GROUP BY name
    UNION ALL
    SELECT if(is_withheld, 'withdrawal-withheld', 'withdrawn') AS name, count() AS lines FROM load__withdrawn GROUP BY name
    UNION ALL
    SELECT 'membership-one-day-gap' AS name, count() AS lines
    FROM load__members
    WHERE arrayExists((start, stop) -> dateDiff('day', start, stop) = 1, gap_from, gap_to)
    HAVING lines > 0
    UNION ALL
    SELECT 'order-on-several-days' AS name, count() AS lines FROM load__several_days HAVING lines > 0
    UNION ALL
    SELECT 'order-id-cut' AS name, uniqExactIf(order_id, match(order_id, '^[0-9]{15}0+$')) AS lines
    FROM load__staged
    WHERE source = {source:String} AND length(order_id) > 15 AND match(order_id, '^[0-9]+$')
    HAVING lines >= 10 AND lines = uniqExact(order_id)
)
ORDER BY name
