/** A measure day by day, and sums of it over days of the calendar and over the matching days of other years. */
import { addDays, type Day, daysThrough } from '../../core/calendar.ts';
import { isDayLoaded, type LoadedRange } from '../../core/period.ts';

/** In place of a position: the counterpart of a day exists and is not loaded, so nothing is known of the days together. */
export const NOT_LOADED = -1;
/** In place of a position: the day has no counterpart and is left out of what is compared. */
export const LEFT_OUT = -2;

/** One value a day from `firstDay` on, without gaps: a loaded day without a row sold nothing. Money in hundredths. */
export interface DailySeries extends Gaps {
  readonly firstDay: Day;
  readonly values: Float64Array;
}

/** Months of a series that were never loaded, and the days at their edges: their zeros stand for nothing. */
export type Gaps = Pick<LoadedRange, 'notLoaded' | 'edges'>;

/** The gaps of a range; nothing where it has none, so that looking for them costs nothing. */
export const gapsOf = ({ notLoaded = [], edges = [] }: Gaps): Gaps => ({
  ...(notLoaded.length > 0 ? { notLoaded } : {}),
  ...(edges.length > 0 ? { edges } : {}),
});

/** Puts values on days of their own into a series of `length` days. */
export function dense(
  firstDay: Day,
  length: number,
  offsets: readonly number[],
  values: readonly number[],
  gaps: Gaps = {},
): DailySeries {
  const series = new Float64Array(length);
  offsets.forEach((offset, index) => (series[offset] = values[index] ?? 0));
  return { firstDay, values: series, ...gapsOf(gaps) };
}

/** The sum of series over the same days as a first one, which is not part of it. */
export function added(
  { firstDay, values: { length }, ...gaps }: DailySeries,
  parts: readonly DailySeries[],
): DailySeries {
  const values = new Float64Array(length);
  for (const part of parts)
    part.values.forEach((value, index) => (values[index] = (values[index] ?? 0) + value));
  return { firstDay, values, ...gapsOf(gaps) };
}

/** Position of a day in the series; below 0 or past the end where it is not loaded. */
export const indexOfDay = (series: DailySeries, day: Day): number =>
  day >= series.firstDay ? daysThrough(series.firstDay, day) - 1 : -daysThrough(day, series.firstDay) + 1;

export const dayAt = (series: DailySeries, index: number): Day => addDays(series.firstDay, index);

/** Whether what was sold on the day at a position is known. */
export const isLoadedAt = (series: DailySeries, index: number): boolean =>
  index >= 0 &&
  index < series.values.length &&
  (!series.notLoaded?.length || isDayLoaded(series, dayAt(series, index)));

/** Sum over days `from` … `to` (positions, both counted); null where one of them is not loaded. */
export function sumOver({ values }: DailySeries, from: number, to: number): number | null {
  if (from < 0 || to >= values.length || from > to) return null;
  let total = 0;
  for (let index = from; index <= to; index++) total += values[index] ?? 0;
  return total;
}

/** Sums over days that are compared with each other, and how many days those are. */
export interface ComparedSums {
  readonly now: number;
  readonly before: number;
  /** Days of the span that have a counterpart. */
  readonly days: number;
}

/**
 * Sums over `from` … `to` and over their counterparts in `matching`. A day without a counterpart is in neither; null where a
 * counterpart is not loaded or no day has one. `kinds` is what a day of its kind sells in relation to an ordinary one: a base day
 * counts as what it would have sold on a day of its counterpart's kind, and where one of the two is closed (0) both are left out. Without it, `before` is the sum as it was sold.
 * `base`: the series of the counterparts, over the same days, where it is another one.
 */
export function comparedSums(
  series: DailySeries,
  { from, to }: { readonly from: number; readonly to: number },
  matching: Int32Array,
  kinds?: Float64Array,
  base: DailySeries = series,
): ComparedSums | null {
  const { values } = series;
  if (from < 0 || to >= values.length || from > to) return null;
  const sums = { now: 0, before: 0, days: 0 };
  for (let index = from; index <= to; index++) {
    const match = matching[index] ?? NOT_LOADED;
    if (match === NOT_LOADED) return null;
    if (match === LEFT_OUT) continue;
    const [own, other] = [kinds?.[index] ?? 1, kinds?.[match] ?? 1];
    // A day on which nothing is ever sold says nothing of what another would have sold.
    if ((own === 0) !== (other === 0)) continue;
    const weight = other === 0 ? 1 : own / other;
    sums.now += values[index] ?? 0;
    sums.before += (base.values[match] ?? 0) * weight;
    sums.days++;
  }
  return sums.days > 0 ? sums : null;
}
