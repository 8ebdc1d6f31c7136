-- Lines of CSV that have to do with open quotes, only while a file is settled. Grain: such a line; columns: mark-odd-lines.sql.
CREATE TABLE {database:Identifier}.{marks:Identifier}
(
    file_no UInt16, line UInt64, odd Bool, quoted Bool, whole Bool, complete Bool, columns UInt32, opens Bool,
    stays Bool, closes Bool, k_open UInt32, k_stay UInt32, k_close UInt32, raw String
)
ENGINE = MergeTree ORDER BY (file_no, line)
