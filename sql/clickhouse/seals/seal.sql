-- Seals {{table}} under data versions: keeps what their rows add up to now. Refused where {{behind}}, a table of the load's own,
-- is another's by now.
INSERT INTO {{published}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT {source:String}, data_version, '{{table}}', month, rows, checksum
FROM ({{rows}})
WHERE (SELECT count() FROM {{behind}}) >= 0
