-- What landed of a table of CSV or TSV, over all of its files? Grain: one row. kinds: of its lines, from the smallest, but for odd ones,
-- which are no records by themselves; has_aside, has_resolved: whether any line was set apart, or any record needed more than its line.
SELECT
    arraySort(groupUniqArrayIf(_kind, _kind <> {odd_kind:UInt8})) AS kinds,
    (SELECT count() > 0 FROM {database:Identifier}.{aside:Identifier})::Bool AS has_aside,
    (SELECT count() > 0 FROM {database:Identifier}.{resolved:Identifier})::Bool AS has_resolved
FROM {database:Identifier}.{lines:Identifier}
