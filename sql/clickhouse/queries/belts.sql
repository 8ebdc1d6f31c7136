-- Question: which belts are there, as of a version?
-- Grain: belt. merchants: members on the last day with data.
-- Null: longitude and latitude where the registry gives none.
WITH members AS
(
    SELECT belt_id, uniqExact(merchant_id) AS merchants
    FROM memberships
    WHERE source = {scope_source:String}
      AND (merchant_id, data_version) IN
      (
          SELECT merchant_id, max(data_version)
          FROM memberships
          WHERE source = {scope_source:String} AND {{versions-in-force}}
          GROUP BY merchant_id
      )
      AND valid_from <= {as_of:Date32} AND valid_to > {as_of:Date32}
    GROUP BY belt_id
),
registry AS
(
    SELECT
        belt_id,
        argMax(tuple(name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude), data_version) AS newest
    FROM belts
    WHERE {{visible-belts}} AND {{versions-in-force}}
    GROUP BY belt_id
)
SELECT
    belt_id,
    newest.1                         AS name_zh,
    newest.2                         AS name_en,
    newest.3                         AS province,
    newest.4                         AS city,
    newest.5                         AS county,
    newest.6                         AS adcode,
    newest.7                         AS category_zh,
    newest.8                         AS category_en,
    newest.9                         AS longitude,
    newest.10                        AS latitude,
    coalesce(members.merchants, 0)   AS merchants
FROM registry
LEFT JOIN members USING (belt_id)
ORDER BY belt_id
