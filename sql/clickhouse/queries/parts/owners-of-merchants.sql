-- The legal owner of each merchant of an area in some months: merchant_id, owner. Of two owners in one version the later month's holds, as in owner-windows.
SELECT merchant_id, argMax(owner_id, data_version * 100000 + toYear(month) * 12 + toMonth(month)) AS owner
FROM rollup_merchant_month
WHERE {{area-belts}}
  AND month IN {months:Array(Date)}
  AND (month, data_version) IN effective_versions
GROUP BY merchant_id
