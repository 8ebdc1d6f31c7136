-- Records of CSV that needed more than their line: of several lines, or with stray quotes. Grain: such a record.
-- _fields: by default what the record's text says. Settings: see create-lines.sql.
CREATE TABLE {database:Identifier}.{resolved:Identifier}
(
    _file_no UInt16,
    _line UInt64 CODEC(Delta, LZ4),
    _raw String,
    _fields Array(String) DEFAULT {{fields}}
)
ENGINE = MergeTree ORDER BY (_file_no, _line)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 16777216, index_granularity = 1024, parts_to_delay_insert = 100000, parts_to_throw_insert = 100000
