/** How far an area's sales are back at the end of a month, and how they grow: windows of days against their counterparts. */
import type { Figure, FlowMeasure, Span } from '@beltline/contract';
import { comparedSums, dayAt, type DailySeries, LEFT_OUT } from '../../data/daily/daily-series.ts';
import { figureOf, missing, scaleOf } from '../../core/figure.ts';
import { hasNotLoaded, type MonthDays, windowTo } from '../../data/daily/months.ts';
import { daysThrough, firstDayOf, lastDayOf, type Month, monthOf } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import { recoveryRatio } from '../../statistics/recovery.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';

/** Months that a state looks back on: one alone is too noisy. */
export const STATE_MONTHS = 3;

/** The daily series of an area, and how its days match those of other years. */
export interface AreaDays {
  readonly measure: FlowMeasure;
  readonly series: DailySeries;
  /** Orders of the same lines: they tell whether a base is too small. */
  readonly orders: DailySeries;
  readonly months: readonly MonthDays[];
  readonly yearBefore: Int32Array;
  /** Counterparts in the reference year; null where no year is completely loaded. */
  readonly inReference: Int32Array | null;
  /** What each day sells in relation to an ordinary one because of the day it is. */
  readonly factors: Float64Array;
  readonly minBase: number;
}

/**
 * A window of days against their counterparts. The numerator is what was sold on the days that are compared; the denominator is what
 * their counterparts sold, each brought to the other's kind of day (a Sunday that meets a Monday counts as that Monday would have).
 * `coverage` is the share of the window's days that are compared, under 1 where some have no counterpart: the figure is final all the same.
 */
function comparedWindow(
  days: AreaDays,
  { month, count }: { readonly month: Month; readonly count: number },
  matching: Int32Array | null,
  as: { definition: string; unit: 'ratio' | 'index'; value: (ratio: number) => number | null },
): Figure {
  const { series, orders } = days;
  const window = windowTo(days.months, month, count);
  if (window === null) {
    const isGap = hasNotLoaded(days.months, month, count);
    return missing(as.definition, as.unit, isGap ? 'not-loaded' : 'too-little-data');
  }
  const sums = matching && comparedSums(series, window, matching, days.factors);
  if (sums === null || matching === null) return missing(as.definition, as.unit, 'no-baseline');
  const scale = scaleOf(days.measure);
  const baseOrders = comparedSums(orders, window, matching)?.before ?? 0;
  return figureOf({
    definition: as.definition,
    unit: as.unit,
    numerator: sums.now / scale,
    denominator: sums.before / scale,
    value: (ratio) => as.value(ratio) ?? 0,
    period: spanOf(series, window.from, window.to),
    baseline: matchedSpan(series, matching.subarray(window.from, window.to + 1)),
    coverage: sums.days / (window.to - window.from + 1),
    isFinal: true,
    baseTooSmall: hasTooFewOrders(baseOrders, days.minBase),
  });
}

const spanOf = (series: DailySeries, from: number, to: number): Span => ({
  firstDay: dayAt(series, from),
  lastDay: dayAt(series, to),
});

/** First and last counterpart; a window over the turn of a year has counterparts at both ends of the reference year. */
function matchedSpan(series: DailySeries, matched: Int32Array): Span {
  const known = matched.filter((position) => position >= 0);
  return spanOf(series, Math.min(...known), Math.max(...known));
}

/** Lunar-aligned growth over `count` complete months up to one of them. */
export const lunarGrowth = (days: AreaDays, month: Month, count: number): Figure =>
  comparedWindow(days, { month, count }, days.yearBefore, {
    definition: 'lunar-growth',
    unit: 'ratio',
    value: (ratio) => ratio - 1,
  });

/** Recovery ratio over `count` complete months; the reference year is both the base and the season that is divided out. */
export const recoveryLevel = (days: AreaDays, month: Month, count: number): Figure =>
  comparedWindow(days, { month, count }, days.inReference, {
    definition: 'recovery-ratio',
    unit: 'index',
    value: (ratio) => recoveryRatio(ratio, 1, 1, 1),
  });

/** Days of a state's window, or their counterparts, as shares of the days of the months that they lie in: owners are kept by month. */
export interface ComparedMonths {
  readonly now: MonthShares;
  readonly before: MonthShares;
}

/** What a state compares, by months. Good enough for an error, which is all that it is for. Null where a counterpart is not loaded. */
export function comparedMonths(
  days: AreaDays,
  month: Month,
  matching: Int32Array | null,
): ComparedMonths | null {
  const window = windowTo(days.months, month, STATE_MONTHS);
  if (window === null || matching === null) return null;
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
  return new Map(
    [...counts].map(([one, count]) => [one, count / daysThrough(firstDayOf(one), lastDayOf(one))]),
  );
}
