-- Publishes the staged rows of a month: hard links, not copies.
ALTER TABLE {{published}}.order_lines ATTACH PARTITION ({{source}}, {{month}}) FROM {{name}}
