-- Records that landing could not take apart: they have no fields, so no quantity and no amount.
INSERT INTO load__rejects
SELECT
    if(table_name = {facts:String}, 'facts', 'lookup') AS role, file_no, line, any(raw),
    groupArray((rule, field, value))::Array(Tuple(rule LowCardinality(String), field LowCardinality(String), value String)), 0, 0
FROM landing_faults
GROUP BY role, file_no, line
