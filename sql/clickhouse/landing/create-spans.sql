-- First and last line of each record of several lines of CSV, only while a file is settled. Grain: such a record.
CREATE TABLE {database:Identifier}.{spans:Identifier} (file_no UInt16, first UInt64, last UInt64)
ENGINE = MergeTree ORDER BY (file_no, first)
