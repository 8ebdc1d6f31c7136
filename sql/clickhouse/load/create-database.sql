-- The database of one load, or of one check of a source.
CREATE DATABASE {database:Identifier}
