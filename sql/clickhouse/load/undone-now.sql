-- Which versions of a source are out of force, because they were undone? Grain: one row.
SELECT argMax(undone, data_version) AS undone FROM {{published}}.data_versions WHERE source = {source:String}
