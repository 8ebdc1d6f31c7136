-- What do the files hold, before any rule? The read side of the reconciliation: sums over what the text says, not over what
-- is stored. Grain: block of rows. places: a sum over the rows' positions, equal to the landed table's exactly when the
-- mapping neither loses nor multiplies rows (see landed-places).
CREATE MATERIALIZED VIEW load__read ENGINE = MergeTree ORDER BY tuple() AS
SELECT
    count() AS lines,
    sum(read_quantity) AS quantity,
    sum(toDecimal128(read_amount, 2)) AS amount,
    sum(cityHash64(file_no, file_line)) AS places
FROM load__checked
