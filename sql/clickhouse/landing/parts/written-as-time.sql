-- A day, or a day and a time of day, NULL where it is written otherwise or is none. {{day}}, {{clock}}: made of the groups of {{pattern}}
-- as YYYY-MM-DD and HH:MM:SS; {{made}}: what becomes of them; {{is_skipped}}: whether there is no such time on the clocks of the zone.
-- Whether a day is real hangs on its year within four hundred, after which the calendar repeats: the engine's days end in 2299.
arrayMap(
    part -> arrayMap(
        (day, clock) -> if(
            empty(part)
                OR NOT ifNull(toString(toDate32OrNull(concat(toString(1900 + (toUInt16OrZero(substring(day, 1, 4)) + 100) % 400), substring(day, 5))))
                    = concat(toString(1900 + (toUInt16OrZero(substring(day, 1, 4)) + 100) % 400), substring(day, 5)), 0)
                OR NOT match(clock, '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$')
                OR {{is_skipped}},
            NULL,
            {{made}}),
        [{{day}}],
        [{{clock}}])[1],
    [extractGroups({{value}}, {{pattern}})])[1]
