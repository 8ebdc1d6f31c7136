/** The months of an area as the recovery page draws them. */
import type { Flag, FlowMeasure, Reason, RecoveryPoint } from '@beltline/contract';
import { sumOver } from '../../data/daily/daily-series.ts';
import { scaleOf } from '../../core/figure.ts';
import { completeSums } from '../../data/daily/months.ts';
import { addMonths, type Month } from '../../core/calendar.ts';
import { judge, type Judged } from '../../core/ratio.ts';
import { type Adjustment, REVISABLE_MONTHS } from '../../data/daily/adjusted-series.service.ts';
import { type AreaDays, lunarGrowth, recoveryLevel } from './area-facts.ts';
import { whyUnknown } from '../../core/merged-months.ts';

/** One point a month. `mergesFestival`: January and February carry the growth of both together. */
export function recoveryPoints(
  days: AreaDays,
  adjustment: Adjustment,
  { measure, mergesFestival }: { measure: FlowMeasure; mergesFestival: boolean },
): RecoveryPoint[] {
  const scale = scaleOf(measure);
  const months = days.months.map(({ month }) => month);
  const sums = completeSums(days.series, days.months);
  const known = new Map(months.map((month, index) => [month, sums[index] ?? null]));
  const orders = new Map(completeSums(days.orders, days.months).map((sum, index) => [months[index], sum]));
  const gaps = new Set(days.months.filter(({ coverage }) => coverage === 0).map(({ month }) => month));
  const adjusted = adjustedOf(adjustment, scale);
  return days.months.map(({ month, from, to, coverage }) => {
    const isComplete = coverage === 1;
    const together = mergesFestival && isFestivalMonth(month) ? festivalMonths(month) : [month];
    const before = together.map((one) => addMonths(one, -12));
    const judged = judge({
      value: totalOf(known, together),
      base: totalOf(known, before),
      baseOrders: totalOf(orders, before),
      minBase: days.minBase,
      provisional: !isComplete,
      unknownBecause: whyUnknown(
        together.some((one) => gaps.has(one)),
        isComplete,
      ),
    });
    const lunar = isComplete ? lunarGrowth(days, month, 1) : null;
    const level = isComplete ? recoveryLevel(days, month, 1) : null;
    return {
      month,
      value: coverage === 0 ? null : (sumOver(days.series, from, to) ?? 0) / scale,
      coverage,
      flag: flagOfMonth(coverage, judged),
      ...(adjusted.get(month) ?? NOT_ADJUSTED),
      growth: judged.growth,
      merged: together.length > 1 && judged.growth !== null,
      lunarGrowth: lunar?.value ?? null,
      lunarFlag: lunar?.flag ?? 'not-available',
      level: level?.value ?? null,
      levelFlag: level?.flag ?? 'not-available',
      // A month without a year before it says so first, whether it is over or not.
      reason:
        judged.reason === 'incomplete-period' || judged.reason === 'other-month-incomplete'
          ? (whyNoBase(known, before) ?? judged.reason)
          : judged.reason,
    };
  });
}

/** The flag is of the month's value, which is known where the growth of two months together is not. */
function flagOfMonth(coverage: number, { flag }: Judged): Flag {
  if (coverage === 0) return 'not-available';
  return flag === 'not-available' ? (coverage === 1 ? 'final' : 'provisional') : flag;
}

const whyNoBase = (known: ReadonlyMap<Month, number | null>, before: readonly Month[]): Reason | null =>
  totalOf(known, before) === null ? 'no-baseline' : null;

/** Months together; null where one of them is not known. */
const totalOf = (
  known: ReadonlyMap<Month | undefined, number | null>,
  months: readonly Month[],
): number | null =>
  months.reduce<number | null>((sum, month) => {
    const value = known.get(month) ?? null;
    return sum === null || value === null ? null : sum + value;
  }, 0);

/** January and February of a month's year, which are shown together. */
export const festivalMonths = (month: Month): [Month, Month] => [
  `${month.slice(0, 4)}-01`,
  `${month.slice(0, 4)}-02`,
];

export const isFestivalMonth = (month: string): boolean => month.endsWith('-01') || month.endsWith('-02');

type Adjusted = Pick<RecoveryPoint, 'adjusted' | 'trend' | 'adjustedFlag'>;
const NOT_ADJUSTED: Adjusted = { adjusted: null, trend: null, adjustedFlag: 'not-available' };

/** The last months of an adjustment revise when new ones arrive. */
function adjustedOf(adjustment: Adjustment, scale: number): Map<string, Adjusted> {
  if ('reason' in adjustment) return new Map();
  const { months, adjusted, trend } = adjustment;
  const flagOf = (index: number): Flag => (index >= months.length - REVISABLE_MONTHS ? 'revisable' : 'final');
  return new Map(
    months.map((month, index) => [
      month,
      {
        adjusted: (adjusted[index] ?? 0) / scale,
        trend: (trend[index] ?? 0) / scale,
        adjustedFlag: flagOf(index),
      },
    ]),
  );
}
