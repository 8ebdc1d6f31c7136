-- A local time of the source's zone.
concat(day, ' ', clock, {{fraction}})
