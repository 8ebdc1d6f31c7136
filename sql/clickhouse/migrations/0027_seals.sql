-- What a data version's rows added up to when it was committed, so that rows that go or change afterwards are noticed.
-- Grain: data version × sealed table × month. Of the rollups: the rows of the version, by month. Of order_lines: the counted
-- lines in force in the month. Of what holds until a newer version replaces it (belts, merchants, memberships, sources) or is added to
-- (unit_numbers): all rows up to the version. Without months, month is 1970-01-01.
-- rows: how many; checksum: sum of the hashes of the rows, whatever their order, modulo 2^64.
CREATE TABLE seals {{on_cluster}}
(
    source       LowCardinality(String),
    data_version UInt64,
    sealed       LowCardinality(String),
    month        Date,
    rows         UInt64,
    checksum     UInt64
)
ENGINE = {{replicated}}MergeTree
ORDER BY (source, data_version, sealed, month)
