import { DAYS, SECONDS_PER_DAY, daysFromFestival, exportTime, LAST_EXPORT } from './calendar.ts';
import { KINDS, type Mode } from './kinds.ts';
import { NEVER, type Order } from './order.ts';
import type { Random } from './random.ts';

const HOUR = 3600;

/**
 * What becomes of an order. `counts` is what the plan asked for: it is paid and stays so. The others come on top of
 * the plan and never count towards GMV in the end.
 */
export type Fate = 'counts' | 'unpaid' | 'cancelled' | 'cancelled_later';

/** Extra orders for each one that counts, by fate. */
export const EXTRA_ORDERS: readonly (readonly [Fate, number])[] = [
  ['unpaid', 0.013],
  ['cancelled', 0.021],
  ['cancelled_later', 0.0016],
];

/** Hours in which orders are placed, by mode; 24 weights, cumulated into 64 slots of an hour each. */
const HOURS: Record<Mode, Uint8Array> = {
  wholesale: hourSlots([0, 0, 0, 0, 0, 0, 0, 1, 4, 7, 8, 6, 3, 4, 7, 7, 6, 4, 2, 2, 2, 1, 0, 0]),
  distribution: hourSlots([2, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 4, 4, 3, 3, 3, 3, 3, 5, 6, 6, 5, 2]),
  offline: hourSlots([0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 8, 8, 5, 5, 8, 8, 7, 5, 3, 1, 0, 0, 0, 0]),
};

/** Days until factories dispatch again, for each day; 0 while they work. */
const SHUT: Uint8Array = Uint8Array.from({ length: DAYS + 60 }, (_, day) => {
  const offset = daysFromFestival(day);
  return offset >= -5 && offset <= 6 ? 7 - offset : 0;
});

function hourSlots(weights: readonly number[]): Uint8Array {
  return Uint8Array.from(weights.flatMap((weight, hour) => Array<number>(weight).fill(hour)));
}

/** Draws when the order was placed and what happened to it then, up to the last export or for ever. */
export function live(order: Order, day: number, fate: Fate, random: Random): void {
  const { mode, abroad, custom } = KINDS[order.kind]!;
  const hours = HOURS[mode];
  order.placed = day * SECONDS_PER_DAY + hours[random.below(hours.length)]! * HOUR + random.below(HOUR);
  order.paid = order.dispatched = order.delivered = order.cancelled = NEVER;
  order.refunded = order.refundedAgain = order.corrected = NEVER;
  if (fate === 'unpaid') return;

  const haste = random.unit();
  order.paid =
    order.placed + 15 + Math.floor((mode === 'wholesale' ? 26 * HOUR : 25 * 60) * haste * haste * haste);
  if (fate === 'cancelled' && random.chance(0.5)) {
    order.paid = NEVER;
    order.cancelled = order.placed + 600 + random.below(70 * HOUR);
    return;
  }

  const ready = order.paid + Math.floor(hoursToDispatch(mode, custom, random) * HOUR);
  const shut = SHUT[Math.floor(ready / SECONDS_PER_DAY)] ?? 0;
  order.dispatched =
    shut && mode !== 'offline' ? ready + shut * SECONDS_PER_DAY + random.below(60 * HOUR) : ready;
  order.delivered = order.dispatched + Math.floor(hoursToDeliver(mode, abroad !== 'none', random) * HOUR);
  if (fate === 'cancelled') {
    order.cancelled = order.paid + 1_200 + random.below(Math.max(1, order.dispatched - order.paid));
    order.dispatched = order.delivered = NEVER;
    return;
  }

  // Never confirmed as received, or paid and served without a parcel: the order rests in an earlier state for good.
  const rest = random.unit();
  if (rest < 0.012) order.delivered = NEVER;
  else if (rest < 0.015) order.dispatched = order.delivered = NEVER;
  if (fate === 'cancelled_later') {
    order.cancelled = afterExport(order, 45, random);
    // Without a later export it is cancelled at once: it must not end among the orders that count.
    if (order.cancelled === NEVER) order.cancelled = order.paid + 1;
    if (order.delivered >= order.cancelled) order.delivered = NEVER;
    if (order.dispatched >= order.cancelled) order.dispatched = NEVER;
  }
}

function hoursToDispatch(mode: Mode, custom: boolean, random: Random): number {
  const making = custom ? (mode === 'wholesale' ? 60 + 100 * random.unit() : 12 + 48 * random.unit()) : 0;
  if (mode === 'wholesale') return making + 8 + 70 * random.unit();
  return making + (mode === 'distribution' ? 2 + 36 * random.unit() : 0.2 + 5 * random.unit());
}

function hoursToDeliver(mode: Mode, abroad: boolean, random: Random): number {
  if (mode === 'offline') return 1 + 46 * random.unit();
  if (abroad) return mode === 'wholesale' ? 130 + 260 * random.unit() : 90 + 150 * random.unit();
  return mode === 'wholesale' ? 40 + 90 * random.unit() : 26 + 70 * random.unit();
}

/**
 * A time after the order's own file was exported and before the last export, so that the change arrives in a later
 * file; NEVER where there is no later export.
 */
export function afterExport(order: Order, mostDays: number, random: Random): number {
  const from = exportTime(order.month) + HOUR;
  const span = Math.min(mostDays * SECONDS_PER_DAY, LAST_EXPORT - from);
  return span > 0 ? from + random.below(span) : NEVER;
}
