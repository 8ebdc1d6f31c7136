-- A column that a mapping may give.
ifNull(mapped.{{name}}, '')
