-- Seals {{table}} under data versions: keeps what their rows add up to now.
INSERT INTO {{published}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT {source:String}, data_version, '{{table}}', month, rows, checksum
FROM ({{rows}})
