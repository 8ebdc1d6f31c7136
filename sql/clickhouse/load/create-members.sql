-- In which belt a merchant is when, and whose it is, after this batch ({{name}} = load__members) or before it (load__members_before,
-- with {{with_batch}} = 0). Grain: known merchant. Everything a line needs to know of its merchant, one join away.
-- owner_id: the legal owner; a merchant without one is its own; empty before the batch that brings the merchant.
-- from_days, to_days, belt_nos: memberships in order of time, half-open; member_from = member_to: none. gap_*: time
-- between two memberships. The memberships of a merchant are replaced as a whole by those of a newer version.
-- is_kept: the merchant keeps the memberships that it had, although the batch gives others, because a row of them was rejected: one
-- of the merchant, or one whose merchant cannot be told ({unread:Bool}: a row of a lookup could not be taken apart), where
-- the merchant would have days in no belt that it was in one on.
-- What an undo took back (load__act) is as if it had never been.
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
                WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act) GROUP BY merchant_id)
    ),
    given AS
    (
        SELECT merchant_id, from_day AS valid_from, to_day AS valid_to, belt_id
        FROM load__memberships_checked WHERE empty(faults) AND {{with_batch}}
    ),
    doubtful AS
    (
        SELECT merchant_id FROM load__memberships_checked WHERE notEmpty(faults) AND {{with_batch}}
    ),
    spans AS
    (
        SELECT
            merchant_id,
            arraySort(groupArrayIf((valid_from, valid_to, belt_no), is_given)) AS brought,
            arraySort(groupArrayIf((valid_from, valid_to, belt_no), NOT is_given)) AS former,
            arraySum(old -> dateDiff('day', old.1, old.2), former) AS former_days,
            arraySum(old -> arraySum(new -> greatest(0, dateDiff('day', greatest(old.1, new.1), least(old.2, new.2))), brought), former) AS days_left,
            {unread:Bool} OR '' IN (SELECT merchant_id FROM doubtful) AS is_any_doubtful,
            notEmpty(former) AND brought != former
                AND (merchant_id IN (SELECT merchant_id FROM doubtful) OR notEmpty(brought) AND is_any_doubtful AND days_left < former_days) AS is_kept,
            if(is_kept OR empty(brought), former, brought) AS list
        FROM
        (
            SELECT *, true AS is_given FROM given
            UNION ALL
            SELECT *, false AS is_given FROM published
        ) AS memberships
        INNER JOIN load__known_belts AS belts ON memberships.belt_id = belts.belt_id
        GROUP BY merchant_id
    ),
    owners AS
    (
        SELECT merchant_id, if(last_owner = '', merchant_id, last_owner) AS owner_id
        FROM
        (
            SELECT merchant_id, argMax(owner_id, data_version) AS last_owner
            FROM
            (
                SELECT merchant_id, owner_id, data_version
                FROM {{published}}.merchants WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
                UNION ALL
                SELECT merchant_id, owner_id, {batch_id:UInt64} FROM load__merchants_checked WHERE empty(faults) AND {{with_batch}}
            )
            GROUP BY merchant_id
        )
    ),
    numbered AS
    (
        SELECT unit_id, unit_no FROM {{published}}.unit_numbers WHERE source = {source:String} AND unit = 'merchant' AND {{keeps_numbers}}
    )
SELECT
    known.merchant_id AS merchant_id,
    true AS is_known,
    owners.owner_id AS owner_id,
    toUInt32(if(numbered.unit_no > 0, numbered.unit_no,
        (SELECT max(unit_no) FROM numbered) + row_number() OVER (PARTITION BY numbered.unit_no > 0 ORDER BY known.merchant_id))) AS merchant_no,
    spans.list.1 AS from_days,
    spans.list.2 AS to_days,
    spans.list.3 AS belt_nos,
    spans.is_kept AS is_kept,
    if(empty(from_days), toDate32('1970-01-01'), from_days[1]) AS member_from,
    if(empty(to_days), toDate32('1970-01-01'), to_days[-1]) AS member_to,
    arrayFilter((stop, start) -> stop < start, arrayPopBack(to_days), arrayPopFront(from_days)) AS gap_from,
    arrayFilter((start, stop) -> stop < start, arrayPopFront(from_days), arrayPopBack(to_days)) AS gap_to
FROM load__known_merchants AS known
LEFT JOIN spans ON known.merchant_id = spans.merchant_id
LEFT ANY JOIN owners ON known.merchant_id = owners.merchant_id
LEFT ANY JOIN numbered ON known.merchant_id = numbered.unit_id
