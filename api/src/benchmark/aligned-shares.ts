/** Which parts of which months a quarter is compared with where days are laid beside those that lie alike to the Spring Festival. */
import { type Day, daysOfMonth, lengthOfMonth, type Month, monthOf } from '../core/calendar.ts';
import type { NewYears } from '../core/lunar.ts';
import { counterpartOf } from '../core/warp.ts';
import { monthsOfQuarter, type Quarter } from './frozen-quarters.ts';

/** Of each month the share of its days that counts, 0 to 1: on the side of the quarter, and of the year before. */
export interface AlignedShares {
  readonly months: readonly Month[];
  readonly now: readonly number[];
  readonly before: readonly number[];
}

/** Days of the quarter that have no counterpart count on neither side. Owners are kept by month, so a part of one is its share of days. */
export function alignedShares(quarter: Quarter, newYears: NewYears): AlignedShares {
  const days = monthsOfQuarter(quarter).flatMap(daysOfMonth);
  const pairs = days.flatMap((day) => {
    const before = counterpartOf(day, 1, newYears);
    return before === null ? [] : [{ now: day, before }];
  });
  const [now, before] = [countOf(pairs.map((pair) => pair.now)), countOf(pairs.map((pair) => pair.before))];
  const months = [...new Set([...before.keys(), ...now.keys()])].sort();
  const shares = (counts: ReadonlyMap<Month, number>) =>
    months.map((month) => (counts.get(month) ?? 0) / lengthOfMonth(month));
  return { months, now: shares(now), before: shares(before) };
}

function countOf(days: readonly Day[]): Map<Month, number> {
  const counts = new Map<Month, number>();
  for (const day of days) counts.set(monthOf(day), (counts.get(monthOf(day)) ?? 0) + 1);
  return counts;
}
