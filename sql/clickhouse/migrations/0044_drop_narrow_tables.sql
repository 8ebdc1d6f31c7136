-- All their rows are in the tables that take their place.
DROP TABLE IF EXISTS {{database}}.rollup_belt_day, {{database}}.rollup_belt_month, {{database}}.rollup_merchant_month, {{database}}.rollup_active_month, {{database}}.rollup_spread_day, {{database}}.seals
{{on_cluster}} SYNC SETTINGS max_table_size_to_drop = 0
