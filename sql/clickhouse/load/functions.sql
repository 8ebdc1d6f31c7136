-- Which functions has the engine, and may a SELECT of a source call them? Grain: name in small letters, other names of a
-- function too. Allowed is what gives the same value for the same arguments and is of a kind that computes with them alone
-- (categories), or is named (others). So a function that a new version brings is refused until somebody has looked at it,
-- and one that an operator has defined, which may run a program, is refused always.
WITH system_functions AS
(
    SELECT name, alias_to, is_aggregate, deterministic, categories, origin FROM system.functions
)
SELECT
    lower(called.name) AS name,
    min(meant.origin = 'System' AND (meant.is_aggregate OR meant.deterministic AND (meant.categories IN {categories:Array(String)} OR meant.name IN {others:Array(String)}))) AS allowed,
    max(meant.is_aggregate) AS is_aggregate
FROM system_functions AS called
INNER JOIN system_functions AS meant ON meant.name = if(called.alias_to = '', called.name, called.alias_to)
GROUP BY lower(called.name)
