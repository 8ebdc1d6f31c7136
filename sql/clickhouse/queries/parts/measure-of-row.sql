-- A measure of one row of a rollup: each column as often as it counts in the measure (net GMV: gmv once, refund minus once).
-- Orders and pieces as they are, money in hundredths. A column that does not count is not read: the engine knows the conditions beforehand.
if({times_orders:Int8} = 0, 0, toInt64(orders) * {times_orders:Int8})
            + if({times_pieces:Int8} = 0, 0, toInt64(pieces) * {times_pieces:Int8})
            + if({times_gmv:Int8} = 0, 0, toInt64(gmv * 100) * {times_gmv:Int8})
            + if({times_refund:Int8} = 0, 0, toInt64(refund * 100) * {times_refund:Int8})
