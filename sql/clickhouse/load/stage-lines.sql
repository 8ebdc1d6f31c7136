-- Which order lines does a batch bring, typed and checked? Reads the landed text once, through the source's mapping.
-- Grain: one row a row of the facts table, good or bad.
--
-- Every rule looks at the text before anything is converted, because conversion keeps quiet: 1.239 becomes 1.23,
-- 1.2.3 becomes 1.23, 2024-02-30 becomes 1 March and 2025-13-40 becomes 1970. So an amount must be digits around at most
-- one point, and a time must give the same text when it is written back.
--
-- Nearly every row is usual, so a few cheap tests of whole columns tell so first (is_usual), and which rule a row breaks is
-- asked of the other rows alone: the engine evaluates the branches of if() only where they are needed. Tests are joined by
-- bitAnd and bitOr, because AND and OR would evaluate their arguments in that way too, which costs more than such a test.
--
-- A row that breaks a rule gets the source '' and thereby a partition of its own, which is never published. `faults` says
-- what quarantine needs. read_quantity and read_amount are what the text says, whatever the rules say of it; 0 where it is
-- no number, or one beyond what a line can have. So the text is taken apart once for all that is asked of it (see create-checked.sql and what reads it).
--
-- Instants are seconds since 1970 (*_s); below 2000-01-01 they are codes:
-- 0 = no text, 1 = no such time, else out of range. now: when the load began; latest: a day later, because clocks differ.
-- What was placed or updated after that is out of range: such an order would end the data in a future that is empty, and
-- such a record would win over every correction. Local times that a change of the clocks skips or repeats are read with
-- the offset before the change, so that order is kept, and warned about. shift_*: days of such changes, and from which
-- to which local time (written as if it were UTC) they leave in doubt, with the offset before.
--
-- An id in the form 1.23E+15 (see ROUNDED_NUMBER) is a number that a spreadsheet, or a writer of JSON, has rounded: many orders have then become one. One with
-- a byte order mark, a tab, a line end, a Ctrl-Z or U+0000 looks like another and is not it: a file that was put behind another begins with one.
--
-- A row for which the mapping gives a reason to leave it out breaks no rule, whatever it holds. {{ignored_because}}: parts/given-column.sql or
-- no-column.sql.
--
-- {{updated_at}}: parts/given-column.sql, or time-of-load.sql where the order of loads counts.
--
-- A buyer or a SKU may be '' where the source declares that it does not know all of them ({may_lack_buyer:Bool}, {may_lack_sku:Bool}), and then is nobody, or nothing, in particular.
--
-- Faults are codes into `rules`; 0 = none. A merchant without any membership has member_from = member_to.
--
-- Blocks of a quarter of a million lines are cut and sorted while they are in the processor's cache; reading in pieces of a
-- megabyte, as is usual, would have each of them joined from fifty. Lines of the usual length fill a tenth of the bytes that a block
-- may have; those end it where lines are very long, or a quarter of a million of them would be more than there is memory.
INSERT INTO load__checked
SETTINGS parallel_view_processing = 1, preferred_block_size_bytes = 4000000,
    min_insert_block_size_rows = 262144, min_insert_block_size_bytes = 256000000, min_insert_block_size_bytes_for_materialized_views = 0,
    {{limits}}
WITH
    1 AS required, 2 AS unknown_value, 3 AS invalid_time, 4 AS out_of_range, 5 AS invalid_number, 6 AS too_many_decimals,
    7 AS negative, 8 AS too_long, 9 AS unknown_merchant, 10 AS wrong_currency, 11 AS rounded_id, 12 AS invisible_character,
    ['required', 'unknown-value', 'invalid-time', 'out-of-range', 'invalid-number', 'too-many-decimals',
     'negative', 'too-long', 'unknown-merchant', 'wrong-currency', 'rounded-id', 'invisible-character'] AS rules,
    -- What stands in every rounded number: an exponent behind a digit or a separator, or signs of double width.
    arrayConcat(arrayFlatten(arrayMap(e -> arrayMap(before -> concat(before, e), splitByString('', '0123456789.,')), ['e', 'E'])), ['\xEF\xBC', '\xEF\xBD']) AS exponents,
    toUnixTimestamp('2000-01-01 00:00:00', 'UTC') AS earliest,
    (naive, utc) -> arrayFirstIndex((start, stop) -> utc >= start AND utc < stop,
        {shift_from:Array(DateTime('UTC'))}, {shift_to:Array(DateTime('UTC'))}) AS shift_index,
    (naive, utc, offset) -> multiIf(
        toString(utc) != naive, if(toString(toDateTime64OrNull(naive, 3, 'UTC')) = concat(naive, '.000'), 2, 1),
        toUInt32(greatest(2, multiIf(
            offset = 'Z', toInt64(utc),
            offset != '', toInt64(utc) - if(offset LIKE '-%', -60, 60) * (60 * toInt64OrZero(substring(offset, 2, 2)) + toInt64OrZero(right(offset, 2))),
            shift_index(naive, utc) > 0, toInt64(utc) - {shift_offset:Array(Int32)}[shift_index(naive, utc)],
            toInt64(toDateTimeOrZero(naive, {time_zone:String})))))) AS unusual_instant,
    x -> extractGroups(x, '^([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.][0-9]{1,9})?(Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?$') AS time_parts,
    x -> if(empty(time_parts(x)), 1,
        unusual_instant(concat(time_parts(x)[1], ' ', time_parts(x)[2]), toDateTimeOrZero(concat(time_parts(x)[1], ' ', time_parts(x)[2]), 'UTC'), time_parts(x)[3])) AS slow_instant,
    (x, usual) -> if(
        bitOr(x = '', bitAnd(usual >= earliest, toString(usual) = x))
            AND NOT (notEmpty({shift_days:Array(Date)}) AND toDate(usual, {time_zone:String}) IN {shift_days:Array(Date)}),
        toUInt32(usual), slow_instant(x)) AS instant,
    value -> if(abs(value) < toDecimal64(10000000000000, 2), value, NULL) AS bounded,
    (digits, value, point, size) -> ifNull(digits < 0, 1) + isNull(value) + (point > 0) * (size > point + 2) AS is_no_money,
    (seconds, when_absent) -> if(seconds >= earliest, 0, multiIf(seconds = 0, when_absent, seconds = 1, invalid_time, out_of_range)) AS time_fault,
    (seconds) -> if(seconds > {latest:UInt32}, out_of_range, time_fault(seconds, required)) AS event_fault,
    (text, known, when_absent) -> multiIf(known, 0, text = '', when_absent, unknown_value) AS word_fault,
    text -> multiIf(text = '', required, length(text) > 200, too_long, match(text, {rounded_number:String}), rounded_id,
        match(text, '[\\x00\r\n\t\x1A]|\xEF\xBB\xBF'), invisible_character, 0) AS id_fault,
    (text, number) -> if(number BETWEEN 0 AND 4294967295, 0,
        multiIf(text = '', required, number IS NULL, invalid_number, number < 0, negative, out_of_range)) AS count_fault,
    (text, digits, value, point, when_absent) -> if(digits >= 0 AND value IS NOT NULL AND (point = 0 OR length(text) <= point + 2), 0,
        multiIf(text = '', when_absent, digits IS NULL, invalid_number, digits < 0, negative,
            point > 0 AND length(text) > point + 2, too_many_decimals, out_of_range)) AS money_fault
SELECT
    if(is_bad, '', {source:String}) AS source,
    merchant_id_text AS merchant_id,
    order_id_text AS order_id,
    toUInt32(ifNull(line_no_number, 0)) AS line_no,
    toDate(toUInt16(placed_on) * NOT is_bad) AS placed_day,
    toDateTime(placed_s, 'UTC') AS placed_at,
    if(paid_s = 0, NULL, toDateTime(paid_s, 'UTC')) AS paid_at,
    if(dispatched_s = 0, NULL, toDateTime(dispatched_s, 'UTC')) AS dispatched_at,
    if(delivered_s = 0, NULL, toDateTime(delivered_s, 'UTC')) AS delivered_at,
    fromUnixTimestamp64Milli(toInt64(updated_ms), 'UTC') AS updated_at,
    status_text AS status,
    buyer_id_text AS buyer_id,
    buyer_type_text AS buyer_type,
    buyer_country_text AS buyer_country,
    destination_country_text AS destination_country,
    sales_mode_text AS sales_mode,
    channel_text AS channel,
    sku_id_text AS sku_id,
    toDateOrNull(sku_listed_on_text) AS sku_listed_on,
    category_text AS category,
    toUInt32(ifNull(quantity_number, 0)) AS quantity,
    ifNull(amount_number, 0) AS amount,
    ifNull(refund_number, 0) AS refund_amount,
    currency_text AS currency,
    custom_flag AS is_custom,
    brand_flag AS is_factory_brand,
    toUInt16((sales_mode_text = 'distribution') + 2 * is_abroad + 4 * custom_flag + 8 * brand_flag + 16 * (sales_mode_text = 'offline')
        + 32 * bitAnd(is_abroad, buyer_type_text IN {overseas_local:Array(String)})
        + 64 * (0 = (sales_mode_text IN ('distribution', 'offline')) + is_abroad + custom_flag + brand_flag)) AS combination,
    status_text IN {counted_statuses:Array(String)} AS is_counted,
    -- The order of the bits is that of the words in order_lines.warnings.
    toUInt16(is_dispatched_early + 2 * is_delivered_early + 4 * is_paid_early + 8 * is_updated_early + 16 * is_in_future
        + 32 * is_over_refunded + 64 * has_no_pieces + 128 * is_misrouted + 256 * is_without_belt + 512 * is_clock_shifted) AS oddities,
    {batch_id:UInt64} AS batch_id,
    _file_no AS file_no,
    _line AS file_line,
    bitShiftLeft(updated_ms, 20) + bitAnd(content_hash, 1048575) AS version,
    0 AS is_deleted,
    ifNull(if(quantity_number BETWEEN -4294967295 AND 4294967295, quantity_number, 0), 0) AS read_quantity,
    ifNull(amount_number, 0) AS read_amount,
    faults,
    ignored_because
FROM
(
    SELECT
        *,
        if(bitOr(is_usual, ignored_because != ''), []::Array(Tuple(String, String, String)), arrayMap(f -> (rules[f.1], f.2, f.3), arrayFilter(f -> f.1 > 0, [
            (id_fault(order_id_text), 'order_id', order_id_text),
            (count_fault(line_no_text, line_no_number), 'line_no', line_no_text),
            (event_fault(placed_s), 'placed_at', placed_text),
            (time_fault(paid_s, 0), 'paid_at', paid_text),
            (time_fault(dispatched_s, 0), 'dispatched_at', dispatched_text),
            (time_fault(delivered_s, 0), 'delivered_at', delivered_text),
            (event_fault(updated_s), 'updated_at', updated_text),
            (word_fault(status_text, is_known_status, required), 'status', toString(status_text)),
            (multiIf(is_known, 0, merchant_id_text = '', required, unknown_merchant), 'merchant_id', merchant_id_text),
            (if({may_lack_buyer:Bool} AND buyer_id_text = '', 0, id_fault(buyer_id_text)), 'buyer_id', buyer_id_text),
            (word_fault(buyer_type_text, is_known_buyer_type, 0), 'buyer_type', toString(buyer_type_text)),
            (word_fault(buyer_country_text, is_known_buyer_country, 0), 'buyer_country', toString(buyer_country_text)),
            (word_fault(destination_country_text, is_known_destination, 0), 'destination_country', toString(destination_country_text)),
            (word_fault(sales_mode_text, is_known_sales_mode, required), 'sales_mode', toString(sales_mode_text)),
            (word_fault(channel_text, is_known_channel, 0), 'channel', toString(channel_text)),
            (if({may_lack_sku:Bool} AND sku_id_text = '', 0, id_fault(sku_id_text)), 'sku_id', sku_id_text),
            (if(is_real_listing, 0, invalid_time), 'sku_listed_on', sku_listed_on_text),
            (if(length(category_text) > 200, too_long, 0), 'category', toString(category_text)),
            (count_fault(quantity_text, quantity_number), 'quantity', quantity_text),
            (money_fault(amount_text, amount_digits, amount_number, amount_point, required), 'amount', amount_text),
            (money_fault(refund_text, refund_digits, refund_number, refund_point, 0), 'refund_amount', refund_text),
            (multiIf(currency_text = {currency:String}, 0, currency_text = '', required, wrong_currency), 'currency', toString(currency_text)),
            (word_fault(custom_text, is_known_custom, required), 'is_custom', toString(custom_text)),
            (word_fault(brand_text, is_known_brand, required), 'is_factory_brand', toString(brand_text))
        ]))) AS faults,
        notEmpty(faults) AS is_bad,
        bitAnd(dispatched_s < placed_s, dispatched_s > 0) AS is_dispatched_early,
        bitAnd(delivered_s < dispatched_s, delivered_s > 0) AS is_delivered_early,
        bitAnd(paid_s < placed_s, paid_s > 0) AS is_paid_early,
        updated_s < placed_s AS is_updated_early,
        placed_s > {now:UInt32} AS is_in_future,
        ifNull(refund_number > amount_number, 0) AS is_over_refunded,
        ifNull(quantity_number = 0, 0) AS has_no_pieces,
        sales_mode_text != mode_of_channel AS is_misrouted,
        0 < (placed_on < member_from) + (placed_on >= member_to)
            + arrayExists((start, stop) -> placed_on >= start AND placed_on < stop, gap_from, gap_to) AS is_without_belt,
        notEmpty({shift_days:Array(Date)}) AND arrayExists(seconds -> toDate(toDateTime(seconds, {time_zone:String}), {time_zone:String}) IN {shift_days:Array(Date)}, [placed_s, paid_s, dispatched_s, delivered_s, updated_s])
            AND arrayExists(x -> time_parts(x)[3] = '' AND shift_index(x, toDateTimeOrZero(replaceOne(substring(x, 1, 19), 'T', ' '), 'UTC')) > 0,
                [placed_text, paid_text, dispatched_text, delivered_text, updated_text]) AS is_clock_shifted
    FROM
    (
        SELECT
            *,
            toInt64OrNull(line_no_text) AS line_no_number,
            toInt64OrNull(quantity_text) AS quantity_number,
            toInt64OrNull(replaceOne(amount_text, '.', '')) AS amount_digits,
            bounded(toDecimal64OrNull(amount_text, 2)) AS amount_number,
            position(amount_text, '.') AS amount_point,
            toInt64OrNull(replaceOne(refund_text, '.', '')) AS refund_digits,
            bounded(toDecimal64OrNull(refund_text, 2)) AS refund_number,
            position(refund_text, '.') AS refund_point,
            status_text IN {statuses:Array(String)} AS is_known_status,
            buyer_type_text IN {buyer_types:Array(String)} AS is_known_buyer_type,
            buyer_country_text IN {countries:Array(String)} AS is_known_buyer_country,
            destination_country_text IN {countries:Array(String)} AS is_known_destination,
            sales_mode_text IN {sales_modes:Array(String)} AS is_known_sales_mode,
            channel_text IN {channels:Array(String)} AS is_known_channel,
            custom_text IN ('0', '1', 'false', 'true') AS is_known_custom,
            brand_text IN ('0', '1', 'false', 'true') AS is_known_brand,
            bitOr(sku_listed_on_text = '', ifNull(toString(toDateOrNull(sku_listed_on_text)) = sku_listed_on_text, 0)) AS is_real_listing,
            0 = (length(order_id_text) NOT BETWEEN 1 AND 200) + (length(buyer_id_text) NOT BETWEEN 1 - {may_lack_buyer:Bool} AND 200)
                + (length(sku_id_text) NOT BETWEEN 1 - {may_lack_sku:Bool} AND 200) + (length(category_text) > 200)
                + if(multiSearchAny(ids_text, exponents), match(order_id_text, {rounded_number:String}) + match(buyer_id_text, {rounded_number:String})
                    + match(sku_id_text, {rounded_number:String}), 0) + (position(ids_text, '\xEF\xBB\xBF') > 0) + (position(ids_text, '\r') > 0)
                + (position(ids_text, '\n') > 0) + (position(ids_text, '\t') > 0) + (position(ids_text, '\x1A') > 0) + (position(ids_text, '\0') > 0)
                + (placed_s NOT BETWEEN earliest AND {latest:UInt32}) + (updated_s NOT BETWEEN earliest AND {latest:UInt32})
                + (paid_s BETWEEN 1 AND earliest - 1) + (dispatched_s BETWEEN 1 AND earliest - 1) + (delivered_s BETWEEN 1 AND earliest - 1)
                + (NOT is_known) + (NOT is_known_status) + (NOT is_known_buyer_type) + (NOT is_known_buyer_country)
                + (NOT is_known_destination) + (NOT is_known_sales_mode) + (NOT is_known_channel) + (NOT is_real_listing)
                + (NOT is_known_custom) + (NOT is_known_brand) + (currency_text != {currency:String})
                + ifNull(line_no_number NOT BETWEEN 0 AND 4294967295, 1) + ifNull(quantity_number NOT BETWEEN 0 AND 4294967295, 1)
                + is_no_money(amount_digits, amount_number, amount_point, length(amount_text))
                + (refund_text != '') * is_no_money(refund_digits, refund_number, refund_point, length(refund_text)) AS is_usual,
            custom_text IN ('1', 'true') AS custom_flag,
            brand_text IN ('1', 'true') AS brand_flag,
            bitOr(buyer_country_text NOT IN ('', {home_country:String}), destination_country_text NOT IN ('', {home_country:String})) AS is_abroad,
            multiIf(channel_text IN {wholesale_channels:Array(String)}, 'wholesale', channel_text IN {offline_channels:Array(String)}, 'offline', 'distribution') AS mode_of_channel,
            toDate(toDateTime(placed_s, {business_time_zone:String}), {business_time_zone:String}) AS placed_on,
            toUInt64(updated_s) * 1000 + if(length(updated_text) = 19, 0,
                toUInt64OrZero(substring(rightPad(extract(updated_text, '[.]([0-9]+)'), 3, '0'), 1, 3))) AS updated_ms,
            cityHash64(merchant_id_text, order_id_text, ifNull(line_no_number, 0), [placed_s, paid_s, dispatched_s, delivered_s, updated_s], updated_ms, status_text, buyer_id_text, buyer_type_text,
                buyer_country_text, destination_country_text, sales_mode_text, channel_text, sku_id_text, sku_listed_on_text,
                category_text, ifNull(quantity_number, 0), ifNull(amount_number, 0), ifNull(refund_number, 0), custom_flag, brand_flag) AS content_hash
        FROM
        (
            SELECT
                toUInt16(mapped._file_no) AS _file_no,
                toUInt64(mapped._line) AS _line,
                ifNull(mapped.order_id, '') AS order_id_text,
                ifNull(mapped.line_no, '') AS line_no_text,
                ifNull(mapped.placed_at, '') AS placed_text,
                ifNull(mapped.paid_at, '') AS paid_text,
                ifNull(mapped.dispatched_at, '') AS dispatched_text,
                ifNull(mapped.delivered_at, '') AS delivered_text,
                {{updated_at}} AS updated_text,
                toLowCardinality(ifNull(mapped.status, '')) AS status_text,
                ifNull(mapped.merchant_id, '') AS merchant_id_text,
                ifNull(mapped.buyer_id, '') AS buyer_id_text,
                toLowCardinality(ifNull(mapped.buyer_type, '')) AS buyer_type_text,
                toLowCardinality(ifNull(mapped.buyer_country, '')) AS buyer_country_text,
                toLowCardinality(ifNull(mapped.destination_country, '')) AS destination_country_text,
                toLowCardinality(ifNull(mapped.sales_mode, '')) AS sales_mode_text,
                toLowCardinality(ifNull(mapped.channel, '')) AS channel_text,
                ifNull(mapped.sku_id, '') AS sku_id_text,
                concat(order_id_text, buyer_id_text, sku_id_text) AS ids_text,
                ifNull(mapped.sku_listed_on, '') AS sku_listed_on_text,
                toLowCardinality(ifNull(mapped.category, '')) AS category_text,
                ifNull(mapped.quantity, '') AS quantity_text,
                ifNull(mapped.amount, '') AS amount_text,
                ifNull(mapped.refund_amount, '') AS refund_text,
                toLowCardinality(ifNull(mapped.currency, '')) AS currency_text,
                toLowCardinality(ifNull(mapped.is_custom, '')) AS custom_text,
                toLowCardinality(ifNull(mapped.is_factory_brand, '')) AS brand_text,
                trimBoth({{ignored_because}}) AS ignored_because,
                instant(placed_text, toDateTimeOrZero(placed_text, {time_zone:String})) AS placed_s,
                instant(paid_text, toDateTimeOrZero(paid_text, {time_zone:String})) AS paid_s,
                instant(dispatched_text, toDateTimeOrZero(dispatched_text, {time_zone:String})) AS dispatched_s,
                instant(delivered_text, toDateTimeOrZero(delivered_text, {time_zone:String})) AS delivered_s,
                instant(updated_text, toDateTimeOrZero(updated_text, {time_zone:String})) AS updated_s,
                member.is_known AS is_known,
                member.member_from AS member_from,
                member.member_to AS member_to,
                member.gap_from AS gap_from,
                member.gap_to AS gap_to
            FROM {{mapping}} AS mapped
            LEFT ANY JOIN load__members AS member ON mapped.merchant_id = member.merchant_id
        )
    )
)
