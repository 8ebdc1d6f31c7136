-- When the load began, for a source whose later load wins whatever its records say.
concat(toString(toDateTime({now:UInt32}, 'UTC')), 'Z')
