/** The days of an area, and how they grow: windows of days against their counterparts a year before. */
import type { Figure, FlowMeasure, Reason, Span } from '@beltline/contract';
import { comparedSums, dayAt, type DailySeries, LEFT_OUT } from '../../data/daily/daily-series.ts';
import { figureOf, missing, scaleOf } from '../../core/figure.ts';
import { hasNotLoaded, type MonthDays, windowTo } from '../../data/daily/months.ts';
import { lengthOfMonth, type Month, monthOf } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import type { MonthOutlier } from '../../data/daily/month-outliers.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';

/** Months that a state looks back on: one alone is too noisy. */
export const STATE_MONTHS = 3;

/** A calendar year, and the counterpart of each day in it. */
export interface BaseYear {
  readonly year: number;
  readonly matching: Int32Array;
}

/** The daily series of an area, and how its days match those of other years. */
export interface AreaDays {
  readonly measure: FlowMeasure;
  readonly series: DailySeries;
  /** Orders of the same lines: they tell whether a base is too small. */
  readonly orders: DailySeries;
  readonly months: readonly MonthDays[];
  /** Counterparts so many years before; of a later year where that is below 0. */
  readonly yearsBefore: (years: number) => Int32Array;
  /** The year that levels are told against; null where no year is completely loaded. */
  readonly base: BaseYear | null;
  /** Months that stand out. */
  readonly outliers: readonly MonthOutlier[];
  /** What each day sells in relation to an ordinary one because of the day it is. */
  readonly factors: Float64Array;
  readonly minBase: number;
}

/**
 * Lunar-aligned growth over `count` complete months up to one of them, as a ratio. The numerator is what was sold on the days that are
 * compared; the denominator is what their counterparts a year before sold, each brought to the other's kind of day (a Sunday that meets a
 * Monday counts as that Monday would have). `coverage` is the share of the window's days that are compared, under 1 where some have no
 * counterpart: the figure is final all the same.
 */
export function lunarGrowth(days: AreaDays, month: Month, count: number): Figure {
  const definition = 'lunar-growth';
  const { series, orders } = days;
  const window = windowTo(days.months, month, count);
  if (window === null) return missing(definition, 'ratio', whyNoWindow(days, month, count));
  const matching = days.yearsBefore(1);
  const sums = comparedSums(series, window, matching, days.factors);
  if (sums === null) return missing(definition, 'ratio', 'no-baseline');
  const scale = scaleOf(days.measure);
  const baseOrders = comparedSums(orders, window, matching)?.before ?? 0;
  return figureOf({
    definition,
    unit: 'ratio',
    numerator: sums.now / scale,
    denominator: sums.before / scale,
    value: (ratio) => ratio - 1,
    period: spanOf(series, window.from, window.to),
    baseline: matchedSpan(series, matching.subarray(window.from, window.to + 1)),
    coverage: sums.days / (window.to - window.from + 1),
    isFinal: true,
    baseTooSmall: hasTooFewOrders(baseOrders, days.minBase),
  });
}

/** Why there is no window of complete months: one of them was never loaded, or is not there. */
export const whyNoWindow = (days: AreaDays, month: Month, count: number): Reason =>
  hasNotLoaded(days.months, month, count) ? 'not-loaded' : 'too-little-data';

export const spanOf = (series: DailySeries, from: number, to: number): Span => ({
  firstDay: dayAt(series, from),
  lastDay: dayAt(series, to),
});

/** First and last counterpart. */
function matchedSpan(series: DailySeries, matched: Int32Array): Span {
  const known = matched.filter((position) => position >= 0);
  return spanOf(series, Math.min(...known), Math.max(...known));
}

/** Days of a window, or their counterparts, as shares of the days of the months that they lie in: owners are kept by month. */
export interface ComparedMonths {
  readonly now: MonthShares;
  readonly before: MonthShares;
}

/**
 * What `count` months up to one of them are compared with, by months. Good enough for an error, which is all that it is for. Null where a
 * counterpart is not loaded.
 */
export function comparedMonths(
  days: AreaDays,
  month: Month,
  matching: Int32Array,
  count = STATE_MONTHS,
): ComparedMonths | null {
  const window = windowTo(days.months, month, count);
  if (window === null) return null;
  const pairs = Array.from({ length: window.to - window.from + 1 }, (_, index) => ({
    now: window.from + index,
    before: matching[window.from + index] ?? LEFT_OUT,
  })).filter(({ before }) => before !== LEFT_OUT);
  if (pairs.length === 0 || pairs.some(({ before }) => before < 0)) return null;
  const sharesOf = (side: 'now' | 'before') =>
    monthShares(pairs.map((pair) => monthOf(dayAt(days.series, pair[side]))));
  return { now: sharesOf('now'), before: sharesOf('before') };
}

/** The months of days, each with the share of its days that are among them. */
function monthShares(months: readonly Month[]): MonthShares {
  const counts = new Map<Month, number>();
  for (const one of months) counts.set(one, (counts.get(one) ?? 0) + 1);
  return new Map([...counts].map(([one, count]) => [one, count / lengthOfMonth(one)]));
}
