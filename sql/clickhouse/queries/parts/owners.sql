-- The legal owner of each merchant, as of the data version: a shop that changed hands counts with its new owner in all months.
-- Who joins it takes a merchant without an owner for its own.
owners AS
(
    SELECT merchant_id, argMax(merchants.owner_id, merchants.data_version) AS owner
    FROM merchants
    WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
    GROUP BY merchant_id
)
