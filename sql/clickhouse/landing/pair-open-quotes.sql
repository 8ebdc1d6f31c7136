-- Which lines form records of several lines, of those after one line through another (lines-to-pair.sql: nothing before it has to do
-- with them)? Grain: record of several lines of one file; last = 18446744073709551615 where a quote stays open to the end of the file.
-- Takes some 400 bytes of memory a line.
--
-- Each opening line is paired with the next line that does not stay inside the quote. The pair is accepted where it makes
-- a well-formed record of the right number of columns. It is not where the lines in between would all be records by
-- themselves, and hold nine delimiters or more together with those that the last line has before its closing quote, where
-- that line would be a record by itself too: then two stray quotes have swallowed records, as no text of a field looks like
-- that by chance. Of the openings with the same last line, the first accepted one makes the record; those
-- before it are broken, those after it stand inside it.
--
-- One thing depends on the order: a last line that is an opening itself has been used up if its record was accepted.
-- linked marks such groups. There, "accepted" depends on the group before only where the first opening is the only
-- accepted one (not settled), and then it is its negation. So a group's state is that of the last settled group before
-- it, negated once for each group since: no loop, whatever the length of the chain.
INSERT INTO {database:Identifier}.{spans:Identifier}
WITH
    18446744073709551615 AS never,
    summed AS
    (
        SELECT
            line, opens, stays, closes, whole, k_open, k_close,
            NOT whole AS broken,
            sum(k_stay) OVER up_to AS k,
            sum(broken) OVER up_to AS broken_so_far
        FROM {database:Identifier}.{marks:Identifier}
        WHERE file_no = {file_no:UInt16} AND line > {after:UInt64} AND line <= {through:UInt64}
        WINDOW up_to AS (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ),
    paired AS
    (
        SELECT
            *,
            -- over no line at all: line 0, which is no line
            min(if(stays, (never, false, 0, 0, 0, false), (line, closes, k_close, k, broken_so_far - broken, whole)))
                OVER (ORDER BY line DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS closer
        FROM summed
    ),
    openings AS
    (
        SELECT
            line,
            if(closer.1 = 0, never, closer.1) AS last,
            last - line - 1 AS between_lines,
            last < never
                AND closer.2
                AND k_open + closer.4 - k + closer.3 + 1 = {columns:UInt32}
                AND NOT (closer.5 = broken_so_far
                    AND ({columns:UInt32} - 1) * between_lines + if(closer.6, {columns:UInt32} - 1 - closer.3, 0) >= 9) AS accepted
        FROM paired
        WHERE opens
    ),
    grouped AS
    (
        SELECT
            last,
            groupArraySorted(2)(line) AS opened,
            groupArraySortedIf(2)(line, accepted) AS good,
            good[1] = opened[1] AS first_is_good,
            length(good) > 0 AS any_good,
            length(good) > if(first_is_good, 1, 0) AS other_good
        FROM openings
        GROUP BY last
    ),
    linked AS
    (
        SELECT
            *,
            opened[1] = lagInFrame(last) OVER in_order AS is_linked,
            NOT is_linked OR any_good = other_good AS is_settled,
            row_number() OVER in_order AS place
        FROM grouped
        WINDOW in_order AS (ORDER BY last ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ),
    decided AS
    (
        SELECT
            *,
            max(if(is_settled, place * 2 + any_good, 0)) OVER in_order AS anchor,
            (anchor + place - intDiv(anchor, 2)) % 2 = 1 AS holds
        FROM linked
        WINDOW in_order AS (ORDER BY last ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ),
    freed AS
    (
        SELECT
            *,
            is_linked AND lagInFrame(holds) OVER (ORDER BY last ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS is_used_up
        FROM decided
    )
SELECT {file_no:UInt16}, good[if(is_used_up AND first_is_good, 2, 1)] AS first, last FROM freed WHERE holds
UNION ALL
SELECT {file_no:UInt16}, opened[if(is_used_up, 2, 1)] AS first, last FROM freed WHERE last = never AND first > 0
