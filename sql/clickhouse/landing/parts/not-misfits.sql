-- Leaves out the records that have a value which is not written as declared.
WHERE (_file_no, _line) NOT IN (SELECT _file_no, _line FROM {{misfits}})
