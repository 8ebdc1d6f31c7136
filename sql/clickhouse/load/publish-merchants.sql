-- Merchants that are new or differ from what is in force.
INSERT INTO {{published}}.merchants
    (source, merchant_id, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born, successor_education, tags, data_version)
SELECT {source:String}, *, {batch_id:UInt64}
FROM
(
    SELECT merchant_id, name, owner_id, size_text, factory, founded, takeover, born, education, tag_list
    FROM load__merchants_checked WHERE empty(faults)
    EXCEPT
    SELECT merchant_id, name, owner_id, toString(size), is_factory, founded_on, takeover_on, successor_born,
        toString(successor_education), CAST(tags, 'Array(String)')
    FROM {{published}}.merchants WHERE source = {source:String} AND data_version < {batch_id:UInt64} AND data_version NOT IN (SELECT arrayJoin(undone) FROM load__act)
    ORDER BY data_version DESC LIMIT 1 BY merchant_id
)
