-- The columns that add up, of a period and of its baseline, from rows that say which of the two they are in.
sumIf(cell.orders, in_period)               AS orders,
    sumIf(cell.orders, in_baseline)             AS baseline_orders,
    sumIf(cell.pieces, in_period)               AS pieces,
    sumIf(cell.pieces, in_baseline)             AS baseline_pieces,
    sumIf(cell.gmv, in_period)                  AS gmv,
    sumIf(cell.gmv, in_baseline)                AS baseline_gmv,
    sumIf(cell.refund, in_period)               AS refund,
    sumIf(cell.refund, in_baseline)             AS baseline_refund
