-- Has the source any line yet? 0 or 1.
SELECT count() AS lines FROM (SELECT 1 FROM {{published}}.order_lines WHERE source = {source:String} LIMIT 1)
