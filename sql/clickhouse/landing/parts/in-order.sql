-- Lookups are read in the order of their lines: see create-view-in-order.sql.
ORDER BY _file_no, _line
