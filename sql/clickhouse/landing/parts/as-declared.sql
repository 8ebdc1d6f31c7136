-- The text of a column as the model reads it, NULL where it is not written as declared. {{ways}}: written-as-number.sql or
-- written-as-time.sql, for each way that is declared; the first that fits is taken. {{nothing}}: texts that mean nothing.
if({{value}} IN ({{nothing}}), '', coalesce({{ways}}))
