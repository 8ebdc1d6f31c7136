-- A SELECT of a source as a view, so that it is run with the rights of its definer and not with those of a load: the definer
-- may read the databases of loads and nothing else, and signs in nowhere. Nothing of it is run for that, but its constants are
-- computed: under the limits of a check, which a view cannot say in its text.
CREATE VIEW {{view}} DEFINER = {{definer}} SQL SECURITY DEFINER AS
{{mapping}}
