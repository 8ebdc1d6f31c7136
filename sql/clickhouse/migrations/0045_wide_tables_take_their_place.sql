-- IF EXISTS: a table that has its name already, when a program was killed here, keeps it.
RENAME TABLE
    IF EXISTS {{database}}.rollup_belt_day_next TO {{database}}.rollup_belt_day,
    IF EXISTS {{database}}.rollup_belt_month_next TO {{database}}.rollup_belt_month,
    IF EXISTS {{database}}.rollup_merchant_month_next TO {{database}}.rollup_merchant_month,
    IF EXISTS {{database}}.rollup_active_month_next TO {{database}}.rollup_active_month,
    IF EXISTS {{database}}.rollup_spread_day_next TO {{database}}.rollup_spread_day,
    IF EXISTS {{database}}.seals_next TO {{database}}.seals
{{on_cluster}}
