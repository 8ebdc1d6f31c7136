-- Takes out the records that fault-nul-resolved.sql has made faults.
ALTER TABLE {database:Identifier}.{resolved:Identifier}
DELETE WHERE _file_no = {file_no:UInt16} AND position(_raw, '\0') > 0
SETTINGS mutations_sync = 2
