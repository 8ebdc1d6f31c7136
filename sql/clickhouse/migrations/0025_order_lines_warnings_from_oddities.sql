-- oddities: what is odd about a line and may be true all the same, one bit each, in the order of these words; warnings:
-- the words. stage-lines.sql sets the bits.
ALTER TABLE {{database}}.order_lines {{on_cluster}}
ADD COLUMN IF NOT EXISTS warnings Array(String) ALIAS arrayFilter((name, bit) -> bitTest(oddities, bit), [
    'dispatched-before-placed', 'delivered-before-dispatched', 'paid-before-placed', 'updated-before-placed',
    'placed-in-future', 'refund-over-amount', 'no-pieces',
    'channel-not-of-sales-mode', 'no-membership', 'clock-change'], range(10)) AFTER oddities
