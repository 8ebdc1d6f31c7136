-- Staging of one batch's lines, of exactly the structure of the published table, so that whole partitions of it can be
-- attached there without being copied. {{name}}: load__staged (as checked) or load__clean (without rows that lose, and
-- with tombstones). Plain MergeTree would do, but ATTACH PARTITION asks for the same keys, and merging must not begin to
-- drop duplicates before they are counted: hence no merges here.
CREATE TABLE {{name}} AS {{published}}.order_lines
SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1
