/**
 * Breadth of a movement, a diffusion index (The Conference Board; the purchasing managers' indices): how many take
 * part in it, whatever their size. It tells a belt that recovers from one whose largest factories do.
 */
import { at } from '../core/vector.ts';

/** How many rise, and the diffusion index of it. */
export interface Breadth {
  readonly rising: number;
  readonly unchanged: number;
  readonly falling: number;
  /** % rising + ½ · % unchanged, 0–100, 50 = as many rise as fall. Null where nobody counts. */
  readonly value: number | null;
}

/**
 * Breadth over members (merchants, belts, tracks) from the value of each in both periods, same order. Everyone whose value is
 * not 0 in at least one period counts, also where refunds above sales make it negative: an entrant rises, an exit falls. Counting only those active in both would
 * make a belt that loses half its merchants look as healthy as the survivors.
 *
 * Unchanged is a growth rate of at most `deadBand` (a ratio, 0.05 = 5 %) against the mean of both periods, so that a
 * rise and the same fall back weigh alike. @throws RangeError for a negative dead-band or periods of different
 * length.
 */
export function breadth(before: ArrayLike<number>, after: ArrayLike<number>, deadBand: number): Breadth {
  if (before.length !== after.length) throw new RangeError('a member has no counterpart');
  if (!(deadBand >= 0)) throw new RangeError(`not a dead-band: ${deadBand}`);
  const counts = { rising: 0, unchanged: 0, falling: 0 };
  for (let index = 0; index < before.length; index++) {
    const [value0, value1] = [at(before, index), at(after, index)];
    if (value0 === 0 && value1 === 0) continue;
    counts[directionOf(value0, value1, deadBand)] += 1;
  }
  const active = counts.rising + counts.unchanged + counts.falling;
  return { ...counts, value: active === 0 ? null : (100 * (counts.rising + counts.unchanged / 2)) / active };
}

/** The rule of one member. */
export function directionOf(
  before: number,
  after: number,
  deadBand: number,
): 'rising' | 'unchanged' | 'falling' {
  const change = after - before;
  if (Math.abs(change) <= (deadBand * (Math.abs(before) + Math.abs(after))) / 2) return 'unchanged';
  return change > 0 ? 'rising' : 'falling';
}
