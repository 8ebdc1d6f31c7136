-- The lines of a file of text, as they lie there. Grain: physical line. _kind: how the line becomes fields (LINE_KINDS); as a
-- default it is found by the threads that write, and not by the one that reads. Internal columns begin with an underscore, so that
-- no column of a source can be taken for one of them.
-- Lines are written once and read a few times, so large parts are not worth merging; small ones are, or a load of thousands of
-- files would have as many parts. For a part of 131,072 lines the usual limit of parts is near: 3,000 of them are 390 million
-- lines. A granule of 1024 lines: where one line in a thousand is odd or rejected, the usual 8192 would have all of the text read
-- again for them.
CREATE TABLE {database:Identifier}.{lines:Identifier}
(
    _file_no UInt16,
    _line UInt64 CODEC(Delta, LZ4),
    _kind UInt8 DEFAULT {{kind}},
    _raw String
)
ENGINE = MergeTree ORDER BY (_file_no, _line)
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 16777216, index_granularity = 1024, parts_to_delay_insert = 100000, parts_to_throw_insert = 100000
