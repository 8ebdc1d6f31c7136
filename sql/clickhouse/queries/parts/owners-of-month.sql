-- The legal owner of each merchant of a whole source in a month: merchant_id, owner.
SELECT merchant_id, argMax(owner_id, data_version) AS owner
        FROM rollup_merchant_month
        WHERE source = {scope_source:String} AND {scope_everything:UInt8} = 1 AND month = {month:Date}
          AND (month, data_version) IN effective_versions
        GROUP BY merchant_id
