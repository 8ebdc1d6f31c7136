-- The vintage rule: figures of a month are those of the newest committed version that has the month, up to the version asked for.
effective_versions AS
(
    SELECT month, max(data_version) AS newest
    FROM data_versions
    ARRAY JOIN months AS month
    WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}
    GROUP BY month
)
