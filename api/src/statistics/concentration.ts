/**
 * Concentration of value over members. Every value given counts as a member, zeros too: pass the active ones where
 * the question is about them. Values are amounts of one unit, none negative (RangeError); nothing at all gives null.
 */
import { at, sum } from '../core/vector.ts';

/** Herfindahl–Hirschman index: Σ (share in %)², from 10,000 ÷ n (all equal) to 10,000 (one has all). */
export function hhi(values: ArrayLike<number>): number | null {
  const sorted = ascending(values);
  const total = sum(sorted);
  return total === 0 ? null : 10_000 * sum(sorted.map((value) => (value / total) ** 2));
}

/** Gini coefficient in both conventions. */
export interface Gini {
  /**
   * Σ Σ |xi − xj| ÷ (2 n² mean), 0 … 1 − 1/n: the area between the Lorenz curve and equality, doubled. The one we
   * show.
   */
  readonly gini: number;
  /** n ÷ (n − 1) times that, 0 … 1: comparable between groups of different, small size. Null for one member. */
  readonly corrected: number | null;
}

/** Gini coefficient: 0 = all equal, 1 = one has all. */
export function gini(values: ArrayLike<number>): Gini | null {
  const sorted = ascending(values);
  const [count, total] = [sorted.length, sum(sorted)];
  if (total === 0) return null;
  const weighted = sum(sorted.map((value, index) => (2 * (index + 1) - count - 1) * value));
  const plain = Math.max(0, weighted / (count * total));
  return { gini: plain, corrected: count === 1 ? null : (plain * count) / (count - 1) };
}

/**
 * Share of the largest members in the total, 0–1; `part` is their part of all members (0.2 = the top 20 %). Where
 * that is no whole number, the next member counts with the fraction: of 7 members the top 20 % are the first and 0.4
 * of the second. So it is never below `part` and does not jump with the number of members.
 */
export function topShare(values: ArrayLike<number>, part: number): number | null {
  if (!(part >= 0 && part <= 1)) throw new RangeError(`not a part of 1: ${part}`);
  const descending = ascending(values).reverse();
  const total = sum(descending);
  if (total === 0) return null;
  const members = part * descending.length;
  const whole = Math.floor(members + 1e-9); // 0.2 · 15 is 3 although it is 3.0000000000000004
  const fraction = Math.max(0, members - whole);
  const top = sum(descending.subarray(0, whole)) + fraction * (descending[whole] ?? 0);
  return Math.min(1, top / total);
}

/** A point of the Lorenz curve: this part of the members, smallest first, has this share. Both 0–1. */
export interface LorenzPoint {
  readonly population: number;
  readonly share: number;
}

/** Lorenz curve from (0, 0) to (1, 1), all members or `points` evenly spaced ones. Empty where there is no value. */
export function lorenz(values: ArrayLike<number>, points = 101): LorenzPoint[] {
  if (!(points >= 2)) throw new RangeError('a curve has two points at least');
  const sorted = ascending(values);
  const [count, total] = [sorted.length, sum(sorted)];
  if (total === 0) return [];
  const cumulated = new Float64Array(count + 1);
  sorted.forEach((value, index) => (cumulated[index + 1] = at(cumulated, index) + value));
  const steps = Math.min(count, Math.floor(points) - 1);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const members = Math.round((step * count) / steps);
    return { population: members / count, share: step === steps ? 1 : at(cumulated, members) / total };
  });
}

function ascending(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  if (!sorted.every((value) => value >= 0 && value < Infinity)) {
    throw new RangeError('a value must be a finite number from 0 on');
  }
  return sorted;
}
