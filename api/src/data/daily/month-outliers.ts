/** Months of an area that stand out, and its days without what such months add. */
import type { Month } from '../../core/calendar.ts';
import { effectAt, findOutliers, MODELLED, type Outlier, SAID } from '../../statistics/outliers.ts';
import type { DailySeries } from './daily-series.ts';
import type { MonthDays } from './months.ts';

/** An outlier or a shift, by its month. No season is told by it. */
export type MonthOutlier = Omit<Outlier, 'index'> & {
  readonly month: Month;
  /** It is beyond chance by itself, so that it is said. */
  readonly isSure: boolean;
};

/**
 * Outliers and shifts of consecutive months, from logarithms without what the calendar does to them. `given`: months in which an outlier is
 * modelled because the whole source has one.
 */
export function outliersOfMonths(
  months: readonly Month[],
  logs: readonly number[],
  given: readonly Month[] = [],
): MonthOutlier[] {
  const said = findOutliers(logs, SAID);
  const places = given.map((month) => months.indexOf(month));
  return findOutliers(logs, MODELLED, places).map(({ index, ...outlier }) => ({
    month: months[index] as Month,
    ...outlier,
    isSure: said.some((one) => one.index === index && one.kind === outlier.kind),
  }));
}

/** The days of a series without what outliers and shifts add to their months; the same series where there are none. */
export function withoutOutliers(
  series: DailySeries,
  months: readonly MonthDays[],
  outliers: readonly MonthOutlier[],
): DailySeries {
  if (outliers.length === 0) return series;
  const placed = outliers.map(({ month, ...outlier }) => ({
    ...outlier,
    index: months.findIndex((one) => one.month === month),
  }));
  const values = series.values.slice();
  months.forEach(({ from, to }, index) => {
    const factor = Math.exp(-effectAt(placed, index));
    for (let day = from; day <= to; day++) values[day] = (values[day] as number) * factor;
  });
  return { ...series, values };
}
