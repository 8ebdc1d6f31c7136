-- A local time of another zone than the source's, in UTC. Of an hour that the clocks repeat, the first.
concat(toString(toDateTimeOrZero(concat(day, ' ', clock), {{zone}}), 'UTC'), {{fraction}}, 'Z')
