-- Malformed records of one file that a carriage return may have made so.
(
        SELECT line, raw FROM {database:Identifier}.landing_faults
        WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16}
            AND rule IN ('wrong-column-count', 'broken-quote', 'invalid-json')
    )
