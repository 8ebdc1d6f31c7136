-- How long are the files of a source that were loaded? Grain: length in bytes.
SELECT DISTINCT bytes FROM {{published}}.load_files WHERE source = {source:String}
