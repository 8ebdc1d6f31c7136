-- The lines that a batch takes out of force which takes none.
CREATE TABLE load__replaced AS {{published}}.order_lines
