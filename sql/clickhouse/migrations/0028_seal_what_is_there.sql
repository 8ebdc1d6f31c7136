-- Seals the versions that were committed before there were seals, with what their rows add up to now. At once or not at all,
-- so that a run that was cut short can be repeated. See seals.
INSERT INTO {{database}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT * FROM
(
    SELECT source, data_version, 'rollup_belt_day' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(level, belt_id, month, day, combination, lines, orders, merchants, buyers, pieces, gmv, refund))) AS checksum
    FROM {{database}}.rollup_belt_day WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_belt_month' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(level, belt_id, month, combination, lines, orders, merchants, buyers, pieces, gmv, refund))) AS checksum
    FROM {{database}}.rollup_belt_month WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_merchant_month' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(belt_id, month, merchant_id, combination, lines, orders, pieces, gmv, refund))) AS checksum
    FROM {{database}}.rollup_merchant_month WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_sku_month' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(belt_id, month, merchant_id, sku_id, lines, pieces, gmv))) AS checksum
    FROM {{database}}.rollup_sku_month WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_active_month' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(unit, level, belt_id, track_bit, month, bitmapToArray(active)))) AS checksum
    FROM {{database}}.rollup_active_month WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_spread_day' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(unit, month, belt_id, day, unit_no, combination))) AS checksum
    FROM {{database}}.rollup_spread_day WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, data_version, 'rollup_lineage' AS sealed, month AS month, count() AS rows, sum(cityHash64(tuple(belt_id, month, batch_id, lines, gmv))) AS checksum
    FROM {{database}}.rollup_lineage WHERE data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
    UNION ALL
    SELECT source, versions.data_version AS data_version, 'belts' AS sealed, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
    FROM (SELECT source, data_version AS added_at, count() AS added, sum(cityHash64(tuple(belt_id, data_version, name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude))) AS added_checksum FROM {{database}}.belts FINAL GROUP BY source, added_at) AS additions
    INNER JOIN (SELECT DISTINCT source, data_version FROM {{database}}.data_versions) AS versions ON additions.source = versions.source
    WHERE added_at <= versions.data_version GROUP BY source, data_version
    UNION ALL
    SELECT source, versions.data_version AS data_version, 'merchants' AS sealed, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
    FROM (SELECT source, data_version AS added_at, count() AS added, sum(cityHash64(tuple(merchant_id, data_version, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born, successor_education, tags))) AS added_checksum FROM {{database}}.merchants FINAL GROUP BY source, added_at) AS additions
    INNER JOIN (SELECT DISTINCT source, data_version FROM {{database}}.data_versions) AS versions ON additions.source = versions.source
    WHERE added_at <= versions.data_version GROUP BY source, data_version
    UNION ALL
    SELECT source, versions.data_version AS data_version, 'memberships' AS sealed, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
    FROM (SELECT source, data_version AS added_at, count() AS added, sum(cityHash64(tuple(merchant_id, data_version, valid_from, valid_to, belt_id))) AS added_checksum FROM {{database}}.memberships FINAL GROUP BY source, added_at) AS additions
    INNER JOIN (SELECT DISTINCT source, data_version FROM {{database}}.data_versions) AS versions ON additions.source = versions.source
    WHERE added_at <= versions.data_version GROUP BY source, data_version
    UNION ALL
    SELECT source, versions.data_version AS data_version, 'sources' AS sealed, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
    FROM (SELECT source, data_version AS added_at, count() AS added, sum(cityHash64(tuple(data_version, name_zh, name_en, currency, time_zone, home_country))) AS added_checksum FROM {{database}}.sources FINAL GROUP BY source, added_at) AS additions
    INNER JOIN (SELECT DISTINCT source, data_version FROM {{database}}.data_versions) AS versions ON additions.source = versions.source
    WHERE added_at <= versions.data_version GROUP BY source, data_version
    UNION ALL
    SELECT source, versions.data_version AS data_version, 'unit_numbers' AS sealed, toDate(0) AS month, sum(added) AS rows, sum(added_checksum) AS checksum
    FROM (SELECT source, data_version AS added_at, count() AS added, sum(cityHash64(tuple(data_version, unit, unit_id, unit_no))) AS added_checksum FROM {{database}}.unit_numbers GROUP BY source, added_at) AS additions
    INNER JOIN (SELECT DISTINCT source, data_version FROM {{database}}.data_versions) AS versions ON additions.source = versions.source
    WHERE added_at <= versions.data_version GROUP BY source, data_version
    UNION ALL
    SELECT source, data_version, 'order_lines' AS sealed, month, sum(lines) AS rows, cityHash64(rows, toInt64(sum(pieces)), sum(gmv)) AS checksum
    FROM {{database}}.rollup_belt_month WHERE level = 'nation' AND data_version IN (SELECT data_version FROM {{database}}.data_versions) GROUP BY source, data_version, month
)
WHERE (SELECT count() FROM {{database}}.seals) = 0
SETTINGS max_insert_threads = 1, max_threads = 1, min_insert_block_size_rows = 100000000, min_insert_block_size_bytes = 0, max_insert_block_size = 100000000
