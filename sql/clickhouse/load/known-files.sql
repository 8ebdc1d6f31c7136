-- Which files of a source need not be read again? Grain: table and content. Those that were read last under today's mapping and
-- lookups: a file that was read under another mapping since is worth reading again, and so is a full export after another one.
SELECT table_name, sha256
FROM {{published}}.load_files
WHERE source = {source:String} AND batch_id IN (SELECT data_version FROM {{published}}.data_versions)
GROUP BY table_name, sha256
HAVING argMax(fingerprint, batch_id) = {fingerprint:String}
    AND (NOT {full:Bool}
        OR max(batch_id) = (SELECT max(data_version) FROM {{published}}.data_versions WHERE source = {source:String}))
