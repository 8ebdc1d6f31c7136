-- Which belts the merchants of a source were in, and when, as of a version, a row a merchant: merchant_id, belt_ids, from_days, to_days.
SELECT merchant_id, groupArray(belt_id) AS belt_ids, groupArray(valid_from) AS from_days, groupArray(valid_to) AS to_days
        FROM
        (
            {{memberships-of-source}}
        )
        GROUP BY merchant_id
