-- Which order lines does a batch bring, typed and checked? Reads the landed text once, through the source's mapping.
-- Grain: one row a row of the facts table, good or bad.
--
-- Every rule looks at the text before anything is converted, because conversion keeps quiet: 1.239 becomes 1.23,
-- 1.2.3 becomes 1.23, 2024-02-30 becomes 1 March and 2025-13-40 becomes 1970. So an amount must be digits around at most
-- one point, and a time must give the same text when it is written back.
--
-- A row that breaks a rule gets the source '' and thereby a partition of its own, which is never published. It carries
-- in `warnings` what quarantine needs, so that the text is parsed once: [quantity, amount, rule, field, value, rule, …].
--
-- Instants are seconds since 1970 in `t` (placed, paid, dispatched, delivered, updated); below 2000-01-01 they are codes:
-- 0 = no text, 1 = no such time, else out of range. Local times that a change of the clocks skips or repeats are read with
-- the offset before the change, so that order is kept, and warned about. shift_*: days of such changes, and from which
-- to which local time (written as if it were UTC) they leave in doubt, with the offset before.
--
-- Faults are codes into `rules`; 0 = none. A merchant without any membership has member_from = member_to.
INSERT INTO load__staged
WITH
    1 AS required, 2 AS unknown_value, 3 AS invalid_time, 4 AS out_of_range, 5 AS invalid_number, 6 AS too_many_decimals,
    7 AS negative, 8 AS too_long, 9 AS unknown_merchant, 10 AS wrong_currency,
    ['required', 'unknown-value', 'invalid-time', 'out-of-range', 'invalid-number', 'too-many-decimals',
     'negative', 'too-long', 'unknown-merchant', 'wrong-currency'] AS rules,
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
    (x, usual) -> if(
        usual >= earliest AND toString(usual) = x AND toDate(usual, {time_zone:String}) NOT IN {shift_days:Array(Date)},
        toUInt32(usual),
        multiIf(
            x = '', 0,
            empty(time_parts(x)), 1,
            unusual_instant(concat(time_parts(x)[1], ' ', time_parts(x)[2]), toDateTimeOrZero(concat(time_parts(x)[1], ' ', time_parts(x)[2]), 'UTC'), time_parts(x)[3]))) AS instant,
    (seconds, when_absent) -> if(seconds >= earliest, 0, multiIf(seconds = 0, when_absent, seconds = 1, invalid_time, out_of_range)) AS time_fault,
    (text, known, when_absent) -> multiIf(known, 0, text = '', when_absent, unknown_value) AS word_fault,
    text -> if(text != '' AND length(text) <= 200, 0, if(text = '', required, too_long)) AS id_fault,
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
    if(is_bad, toDate(0), placed_on) AS placed_day,
    toDateTime(t[1], 'UTC') AS placed_at,
    if(t[2] = 0, NULL, toDateTime(t[2], 'UTC')) AS paid_at,
    if(t[3] = 0, NULL, toDateTime(t[3], 'UTC')) AS dispatched_at,
    if(t[4] = 0, NULL, toDateTime(t[4], 'UTC')) AS delivered_at,
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
    toUInt8((sales_mode_text = 'distribution') + 2 * is_abroad + 4 * custom_flag + 8 * brand_flag + 16 * (sales_mode_text = 'offline')
        + 32 * (is_abroad AND buyer_type_text IN {overseas_local:Array(String)})
        + 64 * NOT (sales_mode_text IN ('distribution', 'offline') OR is_abroad OR custom_flag OR brand_flag)) AS combination,
    status_text IN {counted_statuses:Array(String)} AS is_counted,
    multiIf(is_bad, faults, is_odd, oddities, []) AS warnings,
    {batch_id:UInt64} AS batch_id,
    _file_no AS file_no,
    _line AS file_line,
    bitShiftLeft(updated_ms, 20) + bitAnd(content_hash, 1048575) AS version,
    0 AS is_deleted
FROM
(
    SELECT
        *,
        order_id_fault OR line_no_fault OR placed_fault OR paid_fault OR dispatched_fault OR delivered_fault OR updated_fault
            OR status_fault OR merchant_fault OR buyer_id_fault OR buyer_type_fault OR buyer_country_fault
            OR destination_fault OR sales_mode_fault OR channel_fault OR sku_fault OR listed_fault OR category_fault
            OR quantity_fault OR amount_fault OR refund_fault OR currency_fault OR custom_fault OR brand_fault AS is_bad,
        if(is_bad, arrayConcat([toString(ifNull(quantity_number, 0)), toString(ifNull(amount_number, 0))],
            arrayFlatten(arrayMap(f -> [rules[f.1], f.2, f.3], arrayFilter(f -> f.1 > 0, [
                (order_id_fault, 'order_id', order_id_text),
                (line_no_fault, 'line_no', line_no_text),
                (placed_fault, 'placed_at', placed_text),
                (paid_fault, 'paid_at', paid_text),
                (dispatched_fault, 'dispatched_at', dispatched_text),
                (delivered_fault, 'delivered_at', delivered_text),
                (updated_fault, 'updated_at', updated_text),
                (status_fault, 'status', toString(status_text)),
                (merchant_fault, 'merchant_id', merchant_id_text),
                (buyer_id_fault, 'buyer_id', buyer_id_text),
                (buyer_type_fault, 'buyer_type', toString(buyer_type_text)),
                (buyer_country_fault, 'buyer_country', toString(buyer_country_text)),
                (destination_fault, 'destination_country', toString(destination_country_text)),
                (sales_mode_fault, 'sales_mode', toString(sales_mode_text)),
                (channel_fault, 'channel', toString(channel_text)),
                (sku_fault, 'sku_id', sku_id_text),
                (listed_fault, 'sku_listed_on', sku_listed_on_text),
                (category_fault, 'category', toString(category_text)),
                (quantity_fault, 'quantity', quantity_text),
                (amount_fault, 'amount', amount_text),
                (refund_fault, 'refund_amount', refund_text),
                (currency_fault, 'currency', toString(currency_text)),
                (custom_fault, 'is_custom', toString(custom_text)),
                (brand_fault, 'is_factory_brand', toString(brand_text))
            ])))), []) AS faults,
        t[3] < t[1] AND t[3] > 0 AS is_dispatched_early,
        t[4] < t[3] AND t[4] > 0 AS is_delivered_early,
        t[2] < t[1] AND t[2] > 0 AS is_paid_early,
        t[5] < t[1] AS is_updated_early,
        t[1] > {latest:UInt32} AS is_in_future,
        ifNull(refund_number > amount_number, false) AS is_over_refunded,
        sales_mode_text != mode_of_channel AS is_misrouted,
        placed_on < member_from OR placed_on >= member_to
            OR (notEmpty(gap_from) AND arrayExists((start, stop) -> placed_on >= start AND placed_on < stop, gap_from, gap_to)) AS is_without_belt,
        notEmpty({shift_days:Array(Date)}) AND arrayExists(seconds -> toDate(toDateTime(seconds, {time_zone:String}), {time_zone:String}) IN {shift_days:Array(Date)}, t)
            AND arrayExists(x -> time_parts(x)[3] = '' AND shift_index(x, toDateTimeOrZero(replaceOne(substring(x, 1, 19), 'T', ' '), 'UTC')) > 0,
                [placed_text, paid_text, dispatched_text, delivered_text, updated_text]) AS is_clock_shifted,
        is_dispatched_early OR is_delivered_early OR is_paid_early OR is_updated_early OR is_in_future OR is_over_refunded
            OR quantity_number = 0 OR is_misrouted OR is_without_belt OR is_clock_shifted AS is_odd,
        if(is_odd, arrayFilter(name -> name != '', [
            if(is_dispatched_early, 'dispatched-before-placed', ''),
            if(is_delivered_early, 'delivered-before-dispatched', ''),
            if(is_paid_early, 'paid-before-placed', ''),
            if(is_updated_early, 'updated-before-placed', ''),
            if(is_in_future, 'placed-in-future', ''),
            if(is_over_refunded, 'refund-over-amount', ''),
            if(quantity_number = 0, 'no-pieces', ''),
            if(is_misrouted, 'channel-not-of-sales-mode', ''),
            if(is_without_belt, 'no-membership', ''),
            if(is_clock_shifted, 'clock-change', '')
        ]), []) AS oddities
    FROM
    (
        SELECT
            *,
            id_fault(order_id_text) AS order_id_fault,
            toInt64OrNull(line_no_text) AS line_no_number,
            count_fault(line_no_text, line_no_number) AS line_no_fault,
            time_fault(t[1], required) AS placed_fault,
            time_fault(t[2], 0) AS paid_fault,
            time_fault(t[3], 0) AS dispatched_fault,
            time_fault(t[4], 0) AS delivered_fault,
            time_fault(t[5], required) AS updated_fault,
            word_fault(status_text, status_text IN {statuses:Array(String)}, required) AS status_fault,
            multiIf(is_known, 0, merchant_id_text = '', required, unknown_merchant) AS merchant_fault,
            id_fault(buyer_id_text) AS buyer_id_fault,
            word_fault(buyer_type_text, buyer_type_text IN {buyer_types:Array(String)}, 0) AS buyer_type_fault,
            word_fault(buyer_country_text, buyer_country_text IN {countries:Array(String)}, 0) AS buyer_country_fault,
            word_fault(destination_country_text, destination_country_text IN {countries:Array(String)}, 0) AS destination_fault,
            word_fault(sales_mode_text, sales_mode_text IN {sales_modes:Array(String)}, required) AS sales_mode_fault,
            word_fault(channel_text, channel_text IN {channels:Array(String)}, 0) AS channel_fault,
            id_fault(sku_id_text) AS sku_fault,
            if(sku_listed_on_text = '' OR toString(toDateOrNull(sku_listed_on_text)) = sku_listed_on_text, 0, invalid_time) AS listed_fault,
            if(length(category_text) > 200, too_long, 0) AS category_fault,
            toInt64OrNull(quantity_text) AS quantity_number,
            count_fault(quantity_text, quantity_number) AS quantity_fault,
            toInt64OrNull(replaceOne(amount_text, '.', '')) AS amount_digits,
            toDecimal64OrNull(amount_text, 2) AS amount_number,
            money_fault(amount_text, amount_digits, amount_number, position(amount_text, '.'), required) AS amount_fault,
            toInt64OrNull(replaceOne(refund_text, '.', '')) AS refund_digits,
            toDecimal64OrNull(refund_text, 2) AS refund_number,
            money_fault(refund_text, refund_digits, refund_number, position(refund_text, '.'), 0) AS refund_fault,
            multiIf(currency_text = {currency:String}, 0, currency_text = '', required, wrong_currency) AS currency_fault,
            word_fault(custom_text, custom_text IN ('0', '1', 'false', 'true'), required) AS custom_fault,
            word_fault(brand_text, brand_text IN ('0', '1', 'false', 'true'), required) AS brand_fault,
            custom_text IN ('1', 'true') AS custom_flag,
            brand_text IN ('1', 'true') AS brand_flag,
            buyer_country_text NOT IN ('', {home_country:String}) OR destination_country_text NOT IN ('', {home_country:String}) AS is_abroad,
            multiIf(channel_text IN {wholesale_channels:Array(String)}, 'wholesale', channel_text IN {offline_channels:Array(String)}, 'offline', 'distribution') AS mode_of_channel,
            toDate(toDateTime(t[1], {business_time_zone:String}), {business_time_zone:String}) AS placed_on,
            toUInt64(t[5]) * 1000 + if(length(updated_text) = 19, 0,
                toUInt64OrZero(substring(rightPad(extract(updated_text, '[.]([0-9]+)'), 3, '0'), 1, 3))) AS updated_ms,
            cityHash64(merchant_id_text, order_id_text, ifNull(line_no_number, 0), t, updated_ms, status_text, buyer_id_text, buyer_type_text,
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
                ifNull(mapped.updated_at, '') AS updated_text,
                toLowCardinality(ifNull(mapped.status, '')) AS status_text,
                ifNull(mapped.merchant_id, '') AS merchant_id_text,
                ifNull(mapped.buyer_id, '') AS buyer_id_text,
                toLowCardinality(ifNull(mapped.buyer_type, '')) AS buyer_type_text,
                toLowCardinality(ifNull(mapped.buyer_country, '')) AS buyer_country_text,
                toLowCardinality(ifNull(mapped.destination_country, '')) AS destination_country_text,
                toLowCardinality(ifNull(mapped.sales_mode, '')) AS sales_mode_text,
                toLowCardinality(ifNull(mapped.channel, '')) AS channel_text,
                ifNull(mapped.sku_id, '') AS sku_id_text,
                ifNull(mapped.sku_listed_on, '') AS sku_listed_on_text,
                toLowCardinality(ifNull(mapped.category, '')) AS category_text,
                ifNull(mapped.quantity, '') AS quantity_text,
                ifNull(mapped.amount, '') AS amount_text,
                ifNull(mapped.refund_amount, '') AS refund_text,
                toLowCardinality(ifNull(mapped.currency, '')) AS currency_text,
                toLowCardinality(ifNull(mapped.is_custom, '')) AS custom_text,
                toLowCardinality(ifNull(mapped.is_factory_brand, '')) AS brand_text,
                arrayMap(x -> instant(x, toDateTimeOrZero(x, {time_zone:String})),
                    [placed_text, paid_text, dispatched_text, delivered_text, updated_text]) AS t,
                member.is_known AS is_known,
                member.member_from AS member_from,
                member.member_to AS member_to,
                member.gap_from AS gap_from,
                member.gap_to AS gap_to
            FROM ({{mapping}}) AS mapped
            LEFT ANY JOIN load__members AS member ON mapped.merchant_id = member.merchant_id
        )
    )
)
