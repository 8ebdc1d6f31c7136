/** A measure day by day, and sums of it over days of the calendar and over the matching days of other years. */
import { addDays, type Day, daysThrough } from '../../core/calendar.ts';
import { isDayLoaded, type LoadedRange } from '../../core/period.ts';

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

/** Sum over the matching days of `from` … `to`; null where one of them has none that is loaded. */
export function sumOverMatching(
  { values }: DailySeries,
  from: number,
  to: number,
  matching: Int32Array,
): number | null {
  if (from < 0 || to >= values.length || from > to) return null;
  let total = 0;
  for (let index = from; index <= to; index++) {
    const match = matching[index] ?? -1;
    if (match < 0) return null;
    total += values[match] ?? 0;
  }
  return total;
}
