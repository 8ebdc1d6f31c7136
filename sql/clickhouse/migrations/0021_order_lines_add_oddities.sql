-- Warnings as bits, which cost nothing to write: as arrays of words they were a fifth of the work of staging a load (measured).
ALTER TABLE {{database}}.order_lines {{on_cluster}}
ADD COLUMN IF NOT EXISTS oddities UInt16 DEFAULT toUInt16(arraySum(name -> bitShiftLeft(toUInt32(1), indexOf([
    'dispatched-before-placed', 'delivered-before-dispatched', 'paid-before-placed', 'updated-before-placed',
    'placed-in-future', 'refund-over-amount', 'no-pieces',
    'channel-not-of-sales-mode', 'no-membership', 'clock-change'], name) - 1), arrayDistinct(warnings::Array(String)))) AFTER is_counted
