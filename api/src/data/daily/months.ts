/** A daily series by month: what the indicators of a month are computed from. */
import {
  addMonths,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
  numberOfMonth,
} from '../../core/calendar.ts';
import { dayAt, type DailySeries, indexOfDay, sumOver } from './daily-series.ts';

/** A month of a series: its covered days as positions, both counted. */
export interface MonthDays {
  readonly month: Month;
  readonly from: number;
  readonly to: number;
  /** Days covered ÷ days of the month; 0 where it was never loaded. */
  readonly coverage: number;
  /** Days of it are missing because the month beside it was never loaded. */
  readonly isEdge?: true;
}

/** The months of a series in order; the first, the last and those beside a gap may be covered in part. */
export function monthDays(series: DailySeries): MonthDays[] {
  const last = dayAt(series, series.values.length - 1);
  return monthsThrough(monthOf(series.firstDay), monthOf(last)).map((month) => {
    const [first, end] = [firstDayOf(month), lastDayOf(month)];
    const edge = series.edges?.find((one) => one.month === month);
    const from = Math.max(0, indexOfDay(series, edge?.firstDay ?? first));
    const to = Math.min(series.values.length - 1, indexOfDay(series, edge?.lastDay ?? end));
    const coverage = series.notLoaded?.includes(month) ? 0 : (to - from + 1) / daysThrough(first, end);
    return { month, from, to, coverage, ...(edge ? { isEdge: true } : {}) };
  });
}

/** Sums of the complete months, the others null. */
export const completeSums = (series: DailySeries, months: readonly MonthDays[]): (number | null)[] =>
  months.map(({ from, to, coverage }) => (coverage === 1 ? sumOver(series, from, to) : null));

/** The last month that is complete; undefined where none is. */
export const lastComplete = (months: readonly MonthDays[]): MonthDays | undefined =>
  months.findLast(({ coverage }) => coverage === 1);

/** Positions of the days of `count` complete months up to one of them; null where one is missing or not complete. */
export function windowTo(
  months: readonly MonthDays[],
  month: Month,
  count: number,
): { from: number; to: number } | null {
  // Months follow each other, so that places are told by counting: levels ask for windows many thousand times.
  const last = numberOfMonth(month) - numberOfMonth(months[0]?.month ?? month);
  const [start, end] = [months[last - count + 1], months[last]];
  if (!start || !end || count < 1) return null;
  for (let place = last - count + 1; place <= last; place++) if (months[place]?.coverage !== 1) return null;
  return { from: start.from, to: end.to };
}

/** Whether one of `count` months up to one of them was never loaded, or only in part because of such a month. */
export const hasNotLoaded = (months: readonly MonthDays[], month: Month, count: number): boolean =>
  months.some(
    (one) =>
      one.month > addMonths(month, -count) &&
      one.month <= month &&
      (one.coverage === 0 || one.isEdge === true),
  );

/** The first calendar year of which every month is complete; null where there is none. */
export function firstCompleteYear(months: readonly MonthDays[]): number | null {
  const years = months.filter(({ coverage, month }) => coverage === 1 && month.endsWith('-01'));
  const found = years.find(({ month }) => windowTo(months, addMonths(month, 11), 12) !== null);
  return found ? Number(found.month.slice(0, 4)) : null;
}
