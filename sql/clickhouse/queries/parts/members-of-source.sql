-- Which belts the merchants of a source were in, and when: merchant_id, belt_ids, from_days, to_days.
SELECT merchant_id, groupArray(belt_id) AS belt_ids, groupArray(valid_from) AS from_days, groupArray(valid_to) AS to_days
        FROM memberships FINAL
        WHERE source = {scope_source:String} AND (merchant_id, data_version) IN
        (
            SELECT merchant_id, max(data_version)
            FROM memberships
            WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
            GROUP BY merchant_id
        )
        GROUP BY merchant_id
