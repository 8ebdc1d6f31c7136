/** What is known of one area's recovery at the end of a month: level, growth, breadth, and the state made of them. */
import type { Figure, FlowMeasure, RecoveryState, Span } from '@beltline/contract';
import { dayAt, type DailySeries, sumOver, sumOverMatching } from '../../data/daily/daily-series.ts';
import { figureOf, missing, scaleOf } from '../../core/figure.ts';
import { hasNotLoaded, type MonthDays, windowTo } from '../../data/daily/months.ts';
import type { Month } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import type { PeriodBreadth } from '../breadth/breadth.service.ts';
import { recoveryRatio, recoveryState } from '../../statistics/recovery.ts';

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

/** Dead-bands of a state: level and breadth in points, growth as a ratio. From one setting, a ratio. */
export const deadBands = (ratio: number) => {
  const band = Math.max(ratio, Number.EPSILON);
  return { level: 100 * band, growth: band, breadth: 100 * band };
};

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

/** Breadth as a figure; without merchants, or where it is not known, it says so. */
export function breadthFigure({ value, rising, unchanged, falling, period, reason }: PeriodBreadth): Figure {
  if (value === null) return missing('breadth', 'points', reason ?? 'no-merchants');
  return {
    value,
    unit: 'points',
    flag: 'final',
    reason: null,
    period: period ?? null,
    baseline: null,
    numerator: rising + unchanged / 2,
    denominator: rising + unchanged + falling,
    coverage: 1,
    definition: 'breadth',
  };
}

/** The state at the end of a month. A base of too few orders is too little data: its rates are not fit for a state. */
export function stateAt(
  days: AreaDays,
  month: Month,
  breadth: PeriodBreadth,
  deadBand: number,
): RecoveryState {
  const level = recoveryLevel(days, month, STATE_MONTHS);
  const growth = lunarGrowth(days, month, STATE_MONTHS);
  const wide = breadthFigure(breadth);
  const usable = (figure: Figure) => (figure.flag === 'base-too-small' ? null : figure.value);
  const members = breadth.rising + breadth.unchanged + breadth.falling;
  const found = recoveryState(
    { level: usable(level), growth: usable(growth), breadth: wide.value },
    deadBands(deadBand),
    // Half of the members would rise by chance: the standard error of such a share, in points.
    { breadth: members > 0 ? 50 / Math.sqrt(members) : null },
  );
  const unusable = [level, growth, wide].find((figure) => usable(figure) === null);
  return {
    state: found.state,
    reason: found.state === 'too-little-data' ? (unusable?.reason ?? 'too-little-data') : null,
    level,
    growth,
    breadth: wide,
    sureness: found.sureness?.distance ?? null,
    certainty: found.sureness?.grade ?? null,
  };
}
