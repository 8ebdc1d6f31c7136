-- Which files of a source need not be read again? Grain: table and content. Those that were read last under today's mapping and
-- lookups, by a batch that has not been undone and after the last replacement of months, which may have taken their lines out: a file that was read under another mapping since is worth reading again, and so is a full export after another one.
WITH in_force AS
(
    SELECT data_version, act
    FROM {{published}}.data_versions
    WHERE source = {source:String} AND NOT has({undone:Array(UInt64)}, data_version)
)
SELECT table_name, sha256
FROM {{published}}.load_files
WHERE source = {source:String} AND batch_id IN (SELECT data_version FROM in_force)
GROUP BY table_name, sha256
HAVING argMax(fingerprint, batch_id) = {fingerprint:String}
    AND max(batch_id) >= (SELECT maxIf(data_version, act = 'replace') FROM in_force)
    AND (NOT {full:Bool}
        OR max(batch_id) = (SELECT maxIf(data_version, act NOT IN ('undo', 'rebuild')) FROM in_force))
