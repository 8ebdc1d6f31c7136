-- What stage-lines.sql finds out about each row of the facts, good or bad. Holds nothing: it hands every block on to the
-- views that read it (keep-checked, create-read, create-faulty), so that the text is taken apart once for all of them.
-- Columns: those of the published table but written_by; read_quantity, read_amount: what the text says; faults: what breaks a rule;
-- ignored_because: why the row is left out, '' where it is not.
CREATE TABLE load__checked ENGINE = Null AS
SELECT
    * EXCEPT (written_by),
    toInt64(0) AS read_quantity,
    toDecimal64(0, 2) AS read_amount,
    []::Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)) AS faults,
    '' AS ignored_because
FROM {{published}}.order_lines
WHERE false
