-- Merchants of the batch's files, typed, with the rules they break. Grain: row of the mapping. Dates before 1900 and
-- impossible ones do not survive being written back as the same text. Ids as in stage-lines.sql: one that a spreadsheet has
-- rounded stands for many merchants. Rows that say the very same count once, as lookups of several nights in one load do.
CREATE TABLE load__merchants_checked ENGINE = MergeTree ORDER BY merchant_id AS
WITH
    x -> if(toString(toDate32OrNull(x)) = x, toDate32OrNull(x), NULL) AS real_date,
    x -> if(x = '' OR real_date(x) IS NOT NULL, '', 'invalid-time') AS date_fault,
    x -> multiIf(x = '', 'required', length(x) > 200, 'too-long', match(x, {rounded_number:String}), 'rounded-id',
        match(x, '[\\x00\r\n\t\x1A]|\xEF\xBB\xBF') OR match(x, {blank:String}), 'invisible-character', '') AS id_fault
SELECT
    toUInt16(_file_no) AS file_no, toUInt64(_line) AS line, merchant_id, name, owner_id, size AS size_text,
    multiIf(is_factory IN ('1', 'true'), true, is_factory IN ('0', 'false'), false, NULL) AS factory,
    real_date(founded_on) AS founded, real_date(takeover_on) AS takeover,
    toUInt16OrNull(successor_born) AS born, successor_education AS education,
    arrayFilter(tag -> tag != '', splitByChar('|', tags)) AS tag_list,
    arrayFilter(fault -> fault.1 != '', [
        (id_fault(merchant_id), 'merchant_id', merchant_id),
        (id_fault(owner_id), 'owner_id', owner_id),
        (if(size_text IN {sizes:Array(String)}, '', 'unknown-value'), 'size', size_text),
        (if(is_factory IN ('', '0', '1', 'false', 'true'), '', 'unknown-value'), 'is_factory', is_factory),
        (date_fault(founded_on), 'founded_on', founded_on),
        (date_fault(takeover_on), 'takeover_on', takeover_on),
        (if(successor_born = '' OR ifNull(born BETWEEN 1900 AND 2100, false), '', 'out-of-range'), 'successor_born', successor_born),
        (if(row_number() OVER (PARTITION BY merchant_id ORDER BY toUInt16(_file_no), toUInt64(_line)) > 1, 'repeated-key', ''), 'merchant_id', merchant_id)
    ]) AS faults
FROM
(
    SELECT {{columns}} FROM {{mapping}}
    ORDER BY toUInt16(_file_no), toUInt64(_line)
    LIMIT 1 BY merchant_id, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born, successor_education, tags
)
SETTINGS {{limits}}
