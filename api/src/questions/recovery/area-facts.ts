/** How far an area's sales are back at the end of a month, and how they grow: windows of days against their counterparts. */
import type { Figure, FlowMeasure, Span } from '@beltline/contract';
import { dayAt, type DailySeries, sumOver, sumOverMatching } from '../../data/daily/daily-series.ts';
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
  readonly minBase: number;
}

/** A window of days against its counterparts. */
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
  const now = sumOver(series, window.from, window.to);
  const before = matching && sumOverMatching(series, window.from, window.to, matching);
  if (now === null || before === null || matching === null) {
    return missing(as.definition, as.unit, 'no-baseline');
  }
  const scale = scaleOf(days.measure);
  const baseOrders = sumOverMatching(orders, window.from, window.to, matching) ?? 0;
  return figureOf({
    definition: as.definition,
    unit: as.unit,
    numerator: now / scale,
    denominator: before / scale,
    value: (ratio) => as.value(ratio) ?? 0,
    period: spanOf(series, window.from, window.to),
    baseline: matchedSpan(series, matching.subarray(window.from, window.to + 1)),
    coverage: 1,
    baseTooSmall: hasTooFewOrders(baseOrders, days.minBase),
  });
}

const spanOf = (series: DailySeries, from: number, to: number): Span => ({
  firstDay: dayAt(series, from),
  lastDay: dayAt(series, to),
});

/** First and last counterpart; a window over the turn of a year has counterparts at both ends of the reference year. */
const matchedSpan = (series: DailySeries, matched: Int32Array): Span =>
  spanOf(series, Math.min(...matched), Math.max(...matched));

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

/**
 * Which part of which months the counterparts of a state's window lie in, as shares of a month's days: owners are kept by month.
 * Good enough for an error, which is all that it is for. Null where a counterpart is not loaded.
 */
export function matchedMonths(days: AreaDays, month: Month, matching: Int32Array | null): MonthShares | null {
  const window = windowTo(days.months, month, STATE_MONTHS);
  if (window === null || matching === null) return null;
  const counts = new Map<Month, number>();
  for (const position of matching.subarray(window.from, window.to + 1)) {
    if (position < 0) return null;
    const matched = monthOf(dayAt(days.series, position));
    counts.set(matched, (counts.get(matched) ?? 0) + 1);
  }
  return new Map(
    [...counts].map(([one, count]) => [one, count / daysThrough(firstDayOf(one), lastDayOf(one))]),
  );
}
