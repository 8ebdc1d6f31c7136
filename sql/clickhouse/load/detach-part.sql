-- Takes a part that cannot be read out of {{target}}; the engine keeps its files under `detached`.
ALTER TABLE {{published}}.{{target}} DETACH PART {{part}}
