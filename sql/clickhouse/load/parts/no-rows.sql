-- No rows, with the columns of a lookup.
SELECT {{columns}} WHERE false
