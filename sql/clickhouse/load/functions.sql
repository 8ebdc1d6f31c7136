-- Which functions has the engine, and may a SELECT of a source call them? Grain: name in small letters, other names of a
-- function too. Allowed is what gives the same value for the same arguments and is of a kind that computes with them alone
-- (categories), or is named (others). So a function that a new version brings is refused until somebody has looked at it,
-- and one that an operator has defined, which may run a program, is refused always.
WITH
    judged AS
    (
        SELECT
            name,
            alias_to = '' AS is_itself,
            if(is_itself, name, alias_to) AS meant,
            is_aggregate,
            origin = 'System' AND (is_aggregate OR deterministic AND (categories IN {categories:Array(String)} OR name IN {others:Array(String)})) AS may_be_called
        FROM system.functions
    ),
    -- What another name means is judged, not the name.
    named AS
    (
        SELECT
            name,
            maxIf(may_be_called, is_itself) OVER same AS allowed,
            maxIf(is_aggregate, is_itself) OVER same AS is_aggregate_itself
        FROM judged
        WINDOW same AS (PARTITION BY meant)
    )
SELECT lower(named.name) AS name, min(named.allowed) AS allowed, max(is_aggregate_itself) AS is_aggregate
FROM named
GROUP BY lower(named.name)
