-- Parts of {{target}}, by what the engine keeps of them in memory. Grain: part.
SELECT _part AS part, count() AS lines FROM {{published}}.{{target}} GROUP BY part ORDER BY part
