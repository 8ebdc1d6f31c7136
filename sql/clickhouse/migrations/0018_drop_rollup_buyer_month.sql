-- Buyers by name are no longer kept by month: rollup_active_month counts them.
DROP TABLE rollup_buyer_month {{on_cluster}}
