-- In which belt a merchant is when, after this batch ({{name}} = load__members) or before it (load__members_before, with
-- {{batch_memberships}} = 0). Grain: known merchant. Everything a line needs to know of its merchant, one join away.
-- from_days, to_days, belt_nos: memberships in order of time, half-open; member_from = member_to: none. gap_*: time
-- between two memberships. The memberships of a merchant are replaced as a whole by those of a newer version.
-- merchant_no: the merchant's number in unit_numbers, or the one that this batch will give it there; with {{keeps_numbers}} = 0,
-- the numbers of before are given up.
CREATE TABLE {{name}} ENGINE = MergeTree ORDER BY merchant_id AS
WITH
    published AS
    (
        SELECT merchant_id, valid_from, valid_to, belt_id
        FROM {{published}}.memberships
        WHERE source = {source:String} AND data_version < {batch_id:UInt64}
            AND (merchant_id, data_version) IN (
                SELECT merchant_id, max(data_version) FROM {{published}}.memberships
                WHERE source = {source:String} AND data_version < {batch_id:UInt64} GROUP BY merchant_id)
    ),
    given AS
    (
        SELECT merchant_id, from_day AS valid_from, to_day AS valid_to, belt_id
        FROM load__memberships_checked WHERE empty(faults) AND {{batch_memberships}}
    ),
    spans AS
    (
        SELECT merchant_id, arraySort(groupArray((valid_from, valid_to, belt_no))) AS list
        FROM
        (
            SELECT * FROM given
            UNION ALL
            SELECT * FROM published WHERE merchant_id NOT IN (SELECT merchant_id FROM given)
        ) AS memberships
        INNER JOIN load__known_belts AS belts ON memberships.belt_id = belts.belt_id
        GROUP BY merchant_id
    ),
    numbered AS
    (
        SELECT unit_id, unit_no FROM {{published}}.unit_numbers WHERE source = {source:String} AND unit = 'merchant' AND {{keeps_numbers}}
    )
SELECT
    known.merchant_id AS merchant_id,
    true AS is_known,
    toUInt32(if(numbered.unit_no > 0, numbered.unit_no,
        (SELECT max(unit_no) FROM numbered) + row_number() OVER (PARTITION BY numbered.unit_no > 0 ORDER BY known.merchant_id))) AS merchant_no,
    spans.list.1 AS from_days,
    spans.list.2 AS to_days,
    spans.list.3 AS belt_nos,
    if(empty(from_days), toDate32('1970-01-01'), from_days[1]) AS member_from,
    if(empty(to_days), toDate32('1970-01-01'), to_days[-1]) AS member_to,
    arrayFilter((stop, start) -> stop < start, arrayPopBack(to_days), arrayPopFront(from_days)) AS gap_from,
    arrayFilter((start, stop) -> stop < start, arrayPopFront(from_days), arrayPopBack(to_days)) AS gap_to
FROM load__known_merchants AS known
LEFT JOIN spans ON known.merchant_id = spans.merchant_id
LEFT ANY JOIN numbered ON known.merchant_id = numbered.unit_id
