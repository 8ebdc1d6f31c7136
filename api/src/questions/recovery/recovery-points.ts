/** The months of an area as the recovery page draws them. */
import type { BriefFigure, Flag, FlowMeasure, RecoveryPoint } from '@beltline/contract';
import { sumOver } from '../../data/daily/daily-series.ts';
import { scaleOf } from '../../core/figure.ts';
import { completeSums } from '../../data/daily/months.ts';
import { addMonths, type Month } from '../../core/calendar.ts';
import { judge } from '../../core/ratio.ts';
import { type Adjustment, REVISABLE_MONTHS } from '../../data/daily/adjusted-series.service.ts';
import { type AreaDays, lunarGrowth } from './area-facts.ts';
import { recoveryLevel } from './recovery-level.ts';
import { monthsOfGrowth, whyUnknown } from '../../core/merged-months.ts';
import { brief, known, unknown, wholeness } from '../../core/brief-figure.ts';

/** One point a month. `mergesFestival`: January and February carry the growth of both together. */
export function recoveryPoints(
  days: AreaDays,
  adjustment: Adjustment,
  { measure, mergesFestival }: { measure: FlowMeasure; mergesFestival: boolean },
): RecoveryPoint[] {
  const scale = scaleOf(measure);
  const months = days.months.map(({ month }) => month);
  const sums = completeSums(days.series, days.months);
  const sumOf = new Map(months.map((month, index) => [month, sums[index] ?? null]));
  const orders = new Map(completeSums(days.orders, days.months).map((sum, index) => [months[index], sum]));
  const gaps = new Set(days.months.filter(({ coverage }) => coverage === 0).map(({ month }) => month));
  const adjusted = adjustedOf(adjustment, scale);
  return days.months.map(({ month, from, to, coverage }) => {
    const isComplete = coverage === 1;
    const together = mergesFestival ? monthsOfGrowth(month) : [month];
    const before = together.map((one) => addMonths(one, -12));
    const growth = judge({
      value: totalOf(sumOf, together),
      base: totalOf(sumOf, before),
      baseOrders: totalOf(orders, before),
      minBase: days.minBase,
      provisional: !isComplete,
      unknownBecause: whyUnknown(
        together.some((one) => gaps.has(one)),
        isComplete,
      ),
    });
    const isGap = coverage === 0;
    const notOver = unknown(isGap ? 'not-loaded' : 'incomplete-period');
    return {
      month,
      coverage,
      value: isGap
        ? unknown('not-loaded')
        : known((sumOver(days.series, from, to) ?? 0) / scale, 'not-loaded', wholeness(!isComplete)),
      ...adjusted(month, isComplete ? null : notOver),
      growth: isWaiting(growth) && totalOf(sumOf, before) === null ? unknown('no-baseline') : growth,
      merged: together.length > 1 && growth.value !== null,
      lunarGrowth: isComplete ? brief(lunarGrowth(days, month, 1)) : notOver,
      level: isComplete ? brief(recoveryLevel(days, month, 1)) : notOver,
    };
  });
}

/** A month without a year before it says so first, whether it is over or not. */
const isWaiting = ({ reason }: BriefFigure) =>
  reason === 'incomplete-period' || reason === 'other-month-incomplete';

/** Months together; null where one of them is not known. */
const totalOf = (
  sums: ReadonlyMap<Month | undefined, number | null>,
  months: readonly Month[],
): number | null =>
  months.reduce<number | null>((sum, month) => {
    const value = sums.get(month) ?? null;
    return sum === null || value === null ? null : sum + value;
  }, 0);

type Adjusted = Pick<RecoveryPoint, 'adjusted' | 'trend'>;

/**
 * The last months of an adjustment revise when new ones arrive. A month without an adjustment says why: `missing`, else the reason of
 * the whole series.
 */
function adjustedOf(
  adjustment: Adjustment,
  scale: number,
): (month: Month, missing: BriefFigure | null) => Adjusted {
  const both = (figure: BriefFigure): Adjusted => ({ adjusted: figure, trend: figure });
  if ('reason' in adjustment) return (_, missing) => both(missing ?? unknown(adjustment.reason));
  const { months, adjusted, trend } = adjustment;
  const flagOf = (index: number): Flag => (index >= months.length - REVISABLE_MONTHS ? 'revisable' : 'final');
  const places = new Map<Month, number>(months.map((month, index) => [month, index]));
  return (month, missing) => {
    const index = places.get(month);
    if (index === undefined) return both(missing ?? unknown('too-little-data'));
    const of = (values: ArrayLike<number>) =>
      known((values[index] ?? 0) / scale, 'too-little-data', flagOf(index));
    return { adjusted: of(adjusted), trend: of(trend) };
  };
}
