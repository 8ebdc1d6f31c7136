/** A time that never comes. Larger than every export, so "not yet" and "never" are one comparison. */
export const NEVER = 2_000_000_000;

export const MOST_LINES = 4;

/** Statuses as indexes into STATUSES. */
export const PLACED = 0;
export const PAID = 1;
export const DISPATCHED = 2;
export const DELIVERED = 3;
export const CANCELLED = 4;

/**
 * One order with its whole history: every event with its time. A row in a file is what was known at an export, so
 * first and later states come from the same object, seen at different times. One instance is reused for all orders.
 */
export class Order {
  month = 0;
  /** Number within the month; with the month it makes the order id. */
  sequence = 0;
  kind = 0;
  belt = 0;
  merchant = 0;
  buyerType = 0;
  /** Sub-pool of the buyer type: the country or the downstream channel; part of the buyer's id. */
  buyerPool = 0;
  buyerNumber = 0;
  buyerCountry = 0;
  destination = 0;
  channel = 0;

  /** Times in seconds of the demo's calendar. */
  placed = 0;
  paid = NEVER;
  dispatched = NEVER;
  delivered = NEVER;
  cancelled = NEVER;
  refunded = NEVER;
  /** A second, larger refund. */
  refundedAgain = NEVER;
  /** When quantity and amount of `correctedLine` were put right; before, they read `wrongQuantity`, `wrongCents`. */
  corrected = NEVER;
  correctedLine = 0;
  wrongQuantity = 0;
  wrongCents = 0;

  lines = 1;
  readonly sku = new Int32Array(MOST_LINES);
  readonly quantity = new Int32Array(MOST_LINES);
  /** Amount in CNY cents. */
  readonly cents = new Float64Array(MOST_LINES);
  readonly options = new Uint8Array(MOST_LINES);
  /** Refund in cents once refunded, and once refunded again (at least as large). */
  readonly refund = new Float64Array(MOST_LINES);
  readonly refundAgain = new Float64Array(MOST_LINES);

  statusAt(time: number): number {
    if (this.cancelled <= time) return CANCELLED;
    if (this.delivered <= time) return DELIVERED;
    if (this.dispatched <= time) return DISPATCHED;
    return this.paid <= time ? PAID : PLACED;
  }

  /** The newest event known at a time. */
  updatedAt(time: number): number {
    let newest = this.placed;
    if (this.paid <= time && this.paid > newest) newest = this.paid;
    if (this.dispatched <= time && this.dispatched > newest) newest = this.dispatched;
    if (this.delivered <= time && this.delivered > newest) newest = this.delivered;
    if (this.cancelled <= time && this.cancelled > newest) newest = this.cancelled;
    if (this.refunded <= time && this.refunded > newest) newest = this.refunded;
    if (this.refundedAgain <= time && this.refundedAgain > newest) newest = this.refundedAgain;
    if (this.corrected <= time && this.corrected > newest) newest = this.corrected;
    return newest;
  }

  quantityAt(line: number, time: number): number {
    return this.corrected > time && this.corrected !== NEVER && line === this.correctedLine
      ? this.wrongQuantity
      : this.quantity[line]!;
  }

  centsAt(line: number, time: number): number {
    return this.corrected > time && this.corrected !== NEVER && line === this.correctedLine
      ? this.wrongCents
      : this.cents[line]!;
  }

  /** A cancelled order that had been paid is refunded whole. */
  refundAt(line: number, time: number): number {
    if (this.cancelled <= time) return this.paid <= time ? this.centsAt(line, time) : 0;
    if (this.refundedAgain <= time) return this.refundAgain[line]!;
    return this.refunded <= time ? this.refund[line]! : 0;
  }
}
