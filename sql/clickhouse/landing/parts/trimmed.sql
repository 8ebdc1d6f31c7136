-- A value without blanks and tabs around it.
trimBoth({{column}}, ' \t')
