-- A column's name, its text, and whether that is written as declared.
({{name}}, {{column}}, isNotNull({{value}}))
