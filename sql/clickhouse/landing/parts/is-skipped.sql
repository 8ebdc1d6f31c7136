-- Whether the clocks of a zone never show a time, because they are put forward over it; or the engine knows no such year.
toString(toDateTimeOrZero(concat(day, ' ', clock), {{zone}}), {{zone}}) != concat(day, ' ', clock)
