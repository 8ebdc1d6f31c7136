-- Question: what are the season and the trend of given series?
-- Grain: one row a series, in the order given. Decomposition by LOESS (STL, Cleveland et al. 1990), which the engine has
-- built in; it needs at least two periods. Float32 inside, so good for six digits.
-- Null: never.
SELECT
    toUInt32(position - 1) AS series,
    parts[1]     AS seasonal,
    parts[2]     AS trend
FROM
(
    SELECT position, seriesDecomposeSTL(one, {period:UInt32}) AS parts
    FROM (SELECT {series:Array(Array(Float64))} AS given)
    ARRAY JOIN given AS one, arrayEnumerate(given) AS position
)
ORDER BY position
