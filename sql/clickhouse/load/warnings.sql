-- Warnings about the lines that the batch puts in force, by name; and about records that lost to another with the same
-- updated_at and other content: of the batch itself (same-instant-in-load), or in force until now (same-instant-replaced); and lines
-- that a full export no longer holds (withdrawn), or may hold in a record that could not be read (withdrawal-withheld).
-- Of ids, which are taken as they are written: lines with a blank (also U+00A0, U+3000) before or after one (blank-around-id).
-- Of what the source does not tell: lines without a buyer (buyer-unknown) or without a SKU (sku-unknown).
-- Of orders: those whose lines lie on several days (order-on-several-days), and order numbers of 16 digits and more that end in zeros
-- behind the fifteenth, every one of at least ten (order-id-cut): a spreadsheet keeps fifteen.
-- Of a full export: lines of which it brings only records older than the one in force, the newest of them with other content
-- (older-than-in-force).
-- Of merchants: those with a hole of one day between two memberships (membership-one-day-gap), those that keep the memberships they
-- had because a row was rejected (memberships-kept), and those whose memberships are others than before (memberships-changed), with
-- the lines in force that are thereby in another belt, or in none (lines-moved); and those that have another legal owner than before
-- (owners-changed), with their counted lines in force, which all count with the new owner (lines-of-new-owners).
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
    SELECT arrayJoin(arrayConcat(if(buyer_id = '', ['buyer-unknown'], []), if(sku_id = '', ['sku-unknown'], []))) AS name, count() AS lines
    FROM load__staged
    WHERE source = {source:String} AND (buyer_id = '' OR sku_id = '')
        AND (file_no, file_line) NOT IN (SELECT file_no, file_line FROM load__candidates WHERE is_superseded)
    GROUP BY name
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
    SELECT 'memberships-kept' AS name, countIf(is_kept) AS lines FROM load__members HAVING lines > 0
    UNION ALL
    SELECT 'memberships-changed' AS name, count() AS lines
    FROM load__members AS now_
    INNER JOIN load__members_before AS before ON now_.merchant_id = before.merchant_id
    WHERE notEmpty(before.belt_nos) AND (now_.from_days, now_.to_days, now_.belt_nos) != (before.from_days, before.to_days, before.belt_nos)
    HAVING lines > 0
    UNION ALL
    SELECT 'lines-moved' AS name, sum(moved_lines) AS lines FROM load__moved_months HAVING lines > 0
    UNION ALL
    SELECT 'owners-changed' AS name, count() AS lines
    FROM load__members AS now_
    INNER JOIN load__members_before AS before ON now_.merchant_id = before.merchant_id
    WHERE before.owner_id != '' AND now_.owner_id != before.owner_id
    HAVING lines > 0
    UNION ALL
    SELECT 'lines-of-new-owners' AS name, sum(handed_lines) AS lines FROM load__moved_months HAVING lines > 0
    UNION ALL
    SELECT 'older-than-in-force' AS name, count() AS lines
    FROM
    (
        SELECT 1
        FROM load__candidates
        WHERE {full:Bool} AND is_superseded AND NOT is_winner_staged
        GROUP BY order_id, line_no
        HAVING max(updated_at) < any(winner_updated_at) AND argMax(content, (updated_at, file_no, file_line)) != any(winner_content)
    )
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
