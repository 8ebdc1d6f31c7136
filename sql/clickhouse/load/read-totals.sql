-- What do the files hold, before any rule? The read side of the reconciliation, summed from the landed text by itself and
-- not from the checked rows. Grain: one row. Quantity and amount count 0 where the text is no number. places: a sum over
-- the rows' positions, equal to the landed table's exactly when the mapping neither loses nor multiplies rows.
SELECT
    count() AS lines,
    sum(toInt64OrZero(ifNull(quantity, ''))) AS quantity,
    toString(sum(toDecimal128(toDecimal64OrZero(ifNull(amount, ''), 2), 2))) AS amount,
    sum(cityHash64(toUInt16(_file_no), toUInt64(_line))) AS places
FROM ({{mapping}})
