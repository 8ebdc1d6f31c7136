-- Memberships of the batch's files, typed, with the rules they break. Grain: row of the mapping. An empty valid_to is
-- open. A row that begins before the one before it has ended breaks a rule, else a line would be in two belts.
CREATE TABLE load__memberships_checked ENGINE = MergeTree ORDER BY (merchant_id, from_day) AS
WITH
    x -> if(toString(toDate32OrNull(x)) = x, toDate32OrNull(x), NULL) AS real_date
SELECT
    *,
    arrayFilter(fault -> fault.1 != '', [
        (if(merchant_id = '', 'required', if(merchant_id NOT IN (SELECT merchant_id FROM load__known_merchants), 'unknown-merchant', '')), 'merchant_id', merchant_id),
        (if(belt_id = '', 'required', if(belt_id NOT IN (SELECT belt_id FROM load__known_belts), 'unknown-belt', '')), 'belt_id', belt_id),
        (multiIf(from_text = '', 'required', is_from_real, '', 'invalid-time'), 'valid_from', from_text),
        (multiIf(NOT is_to_real, 'invalid-time', to_day <= from_day, 'out-of-range', ''), 'valid_to', to_text),
        (if(is_from_real AND is_to_real AND from_day < max(if(is_from_real AND is_to_real, to_day, toDate32('1900-01-01'))) OVER (
            PARTITION BY merchant_id ORDER BY from_day, to_day, file_no, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 'overlap', ''), 'valid_from', from_text)
    ]) AS faults
FROM
(
    SELECT
        toUInt16(_file_no) AS file_no, toUInt64(_line) AS line, merchant_id, belt_id, valid_from AS from_text, valid_to AS to_text,
        ifNull(real_date(valid_from), toDate32('1900-01-01')) AS from_day,
        if(valid_to = '', toDate32('2299-12-31'), ifNull(real_date(valid_to), toDate32('1900-01-01'))) AS to_day,
        real_date(valid_from) IS NOT NULL AS is_from_real,
        valid_to = '' OR real_date(valid_to) IS NOT NULL AS is_to_real
    FROM (SELECT {{columns}} FROM ({{mapping}}))
)
SETTINGS {{limits}}
