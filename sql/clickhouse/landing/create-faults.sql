-- Malformed records of all tables of a load. Grain: malformed record. field, value: what is wrong, '' where the rule says it all.
CREATE TABLE {database:Identifier}.{faults:Identifier}
(
    table_name LowCardinality(String), file_no UInt16, line UInt64, raw String,
    rule LowCardinality(String), field String, value String
)
ENGINE = MergeTree ORDER BY (table_name, file_no, line)
