-- Which belts the merchants of a source were in, and from when until before when, as of a version: merchant_id, belt_id, valid_from, valid_to.
SELECT merchant_id, belt_id, valid_from, valid_to
    FROM memberships FINAL
    WHERE source = {scope_source:String} AND (merchant_id, data_version) IN
    (
        SELECT merchant_id, max(data_version)
        FROM memberships
        WHERE source = {scope_source:String} AND {{versions-in-force}}
        GROUP BY merchant_id
    )
