-- Pairs of an item's periods (period, pieces, value) in `sold`: each with itself, and each with a later one where both have a price.
arrayFlatten(arrayMap(a -> arrayMap(b -> tuple(a, b),
    arrayFilter(b -> b.1 = a.1 OR (b.1 > a.1 AND a.2 > 0 AND a.3 > 0 AND b.2 > 0 AND b.3 > 0), sold)), sold))
