-- Every record of one file.
(SELECT _line AS line, _raw AS raw FROM {database:Identifier}.{records:Identifier} WHERE _file_no = {file_no:UInt16})
