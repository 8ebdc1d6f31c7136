-- How many lines of one file of CSV are the second or a later line of a record of several.
(SELECT sum(last - first) FROM {database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16})
