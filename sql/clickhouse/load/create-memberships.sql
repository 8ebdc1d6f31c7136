-- Memberships of the batch's files, typed, with the rules they break. Grain: row of the mapping; rows that say the very
-- same count once, as lookups of several nights in one load do. An empty valid_to is open.
--
-- Days are kept from 1900-01-01 to 2299-12-31, which stands for an open end. A day of the calendar beyond is taken for
-- the nearer of the two as a beginning or an end: 9999-12-31 is what many systems write for open. Whether a day of another
-- century is real is asked of the same day within those 400 years, after which the calendar repeats itself.
--
-- Of the rows of a merchant that break no other rule, in order of their beginning, then of their end, one that begins
-- before the last good one has ended is an overlap: else a line would be in two belts. Rejected rows are in nobody's way.
CREATE TABLE load__memberships_checked ENGINE = MergeTree ORDER BY (merchant_id, from_day) AS
WITH
    x -> if(match(x, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), concat(toString(1900 + (toUInt32OrZero(substring(x, 1, 4)) + 100) % 400), substring(x, 5)), '') AS in_cycle,
    x -> if(ifNull(toString(toDate32OrNull(in_cycle(x))) = in_cycle(x), false) AND in_cycle(x) != '',
        multiIf(substring(x, 1, 4) < '1900', toDate32('1900-01-01'), substring(x, 1, 4) > '2299', toDate32('2299-12-31'), toDate32OrNull(x)), NULL) AS real_date
SELECT
    one.file_no AS file_no, one.line AS line, merchant_id, one.belt_id AS belt_id, one.from_day AS from_day, one.to_day AS to_day,
    arrayConcat(one.own_faults, if(empty(one.own_faults) AND NOT has(good, place),
        [('overlap', 'valid_from', one.from_text)], [])) AS faults
FROM
(
    SELECT
        merchant_id,
        arraySort(row -> (row.from_day, row.to_day, row.file_no, row.line), groupArray(CAST(
            (from_day, to_day, file_no, line, belt_id, from_text, own_faults),
            'Tuple(from_day Date32, to_day Date32, file_no UInt16, line UInt64, belt_id String, from_text String, own_faults Array(Tuple(String, String, String)))'))) AS given,
        -- The places of the good rows, and the day on which the last of them ends.
        arrayFold(
            (last, row, place) -> if(empty(row.own_faults) AND row.from_day >= last.2, (arrayPushBack(last.1, place), row.to_day), last),
            given, arrayEnumerate(given), (emptyArrayUInt32(), toDate32('1900-01-01'))).1 AS good
    FROM
    (
        SELECT
            *,
            arrayFilter(fault -> fault.1 != '', [
                (if(merchant_id = '', 'required', if(merchant_id NOT IN (SELECT merchant_id FROM load__known_merchants), 'unknown-merchant', '')), 'merchant_id', merchant_id),
                (if(belt_id = '', 'required', if(belt_id NOT IN (SELECT belt_id FROM load__known_belts), 'unknown-belt', '')), 'belt_id', belt_id),
                (multiIf(from_text = '', 'required', is_from_real, '', 'invalid-time'), 'valid_from', from_text),
                (multiIf(NOT is_to_real, 'invalid-time', is_from_real AND to_day <= from_day, 'out-of-range', ''), 'valid_to', to_text)
            ]) AS own_faults
        FROM
        (
            SELECT
                ifNull(toUInt16(_file_no), 0) AS file_no, ifNull(toUInt64(_line), 0) AS line, merchant_id, belt_id, valid_from AS from_text, valid_to AS to_text,
                ifNull(real_date(valid_from), toDate32('1900-01-01')) AS from_day,
                if(valid_to = '', toDate32('2299-12-31'), ifNull(real_date(valid_to), toDate32('1900-01-01'))) AS to_day,
                real_date(valid_from) IS NOT NULL AND substring(valid_from, 1, 4) <= '2299' AS is_from_real,
                valid_to = '' OR real_date(valid_to) IS NOT NULL AS is_to_real
            FROM (SELECT {{columns}} FROM {{mapping}})
            ORDER BY file_no, line
            LIMIT 1 BY merchant_id, belt_id, from_day, to_day, if(is_from_real, '', from_text), if(is_to_real, '', to_text)
        )
    )
    GROUP BY merchant_id
)
ARRAY JOIN given AS one, arrayEnumerate(given) AS place
SETTINGS {{limits}}
