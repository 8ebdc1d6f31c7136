-- Lines of one file that look like records by themselves, hold a NUL byte, and are not set aside yet.
FROM {database:Identifier}.{lines:Identifier}
WHERE _file_no = {file_no:UInt16} AND position(_raw, '\0') > 0 AND _kind <> {odd_kind:UInt8}
    AND (_file_no, _line) NOT IN (SELECT _file_no, _line FROM {database:Identifier}.{aside:Identifier})
