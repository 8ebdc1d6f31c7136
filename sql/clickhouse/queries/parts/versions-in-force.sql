-- Which versions of a source say what its lookups are as of one of them: those up to it that no undo has taken out of force by then.
data_version <= {data_version:UInt64} AND NOT has((
        SELECT argMax(undone, data_version) FROM data_versions
        WHERE source = {scope_source:String} AND data_version <= {data_version:UInt64}), data_version)
