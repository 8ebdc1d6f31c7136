-- A SELECT of a source as a view, so that it is run with the rights of its definer and not with those of a load: the definer
-- may read the databases of loads and nothing else, and signs in nowhere. Nothing of it is run for that.
CREATE VIEW {{view}} DEFINER = {{definer}} SQL SECURITY DEFINER AS
{{mapping}}
