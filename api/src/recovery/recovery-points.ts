/** The months of an area as the recovery page draws them. */
import type { Flag, FlowMeasure, Reason, RecoveryPoint } from '@beltline/contract';
import { sumOver } from '../daily/daily-series.ts';
import { scaleOf } from '../daily/figure.ts';
import { completeSums } from '../daily/months.ts';
import { addMonths, type Month } from '../figures/calendar.ts';
import { hasTooFewOrders } from '../figures/compare.ts';
import { yearOnYear } from '../statistics/year-on-year.ts';
import { type Adjustment, REVISABLE_MONTHS } from './adjusted-series.service.ts';
import { type AreaDays, lunarGrowth, recoveryLevel } from './area-facts.ts';

/** One point a month. `mergesFestival`: January and February carry the growth of both together. */
export function recoveryPoints(
  days: AreaDays,
  adjustment: Adjustment,
  { measure, mergesFestival }: { measure: FlowMeasure; mergesFestival: boolean },
): RecoveryPoint[] {
  const scale = scaleOf(measure);
  const months = days.months.map(({ month }) => month);
  const sums = completeSums(days.series, days.months);
  const growth = yearOnYear(sums, months);
  const known = new Map(months.map((month, index) => [month, sums[index] ?? null]));
  const isBaseSmall = smallBases(days);
  const adjusted = adjustedOf(adjustment, scale);
  return days.months.map(({ month, from, to, coverage }, index) => {
    const rate = growth[index];
    const isComplete = coverage === 1;
    const merged = mergesFestival && isFestivalMonth(month);
    const shown = (merged ? rate?.headline : rate?.growth) ?? null;
    const together = merged ? festivalMonths(month) : [month];
    const lunar = isComplete ? lunarGrowth(days, month, 1) : null;
    const whole = isComplete ? 'final' : 'provisional';
    return {
      month,
      value: (sumOver(days.series, from, to) ?? 0) / scale,
      coverage,
      flag: shown !== null && isBaseSmall(together) ? 'base-too-small' : whole,
      ...(adjusted.get(month) ?? NOT_ADJUSTED),
      growth: shown,
      merged: merged && shown !== null,
      lunarGrowth: lunar?.value ?? null,
      lunarFlag: lunar?.flag ?? 'not-available',
      level: isComplete ? recoveryLevel(days, month, 1).value : null,
      reason: shown === null ? whyNoGrowth(known, together) : null,
    };
  });
}

/** Whether months (together) held too few orders a year before. */
function smallBases({ orders, months, minBase }: AreaDays): (together: readonly Month[]) => boolean {
  const sums = completeSums(orders, months);
  const known = new Map(months.map(({ month }, index) => [month, sums[index] ?? 0]));
  return (together) =>
    hasTooFewOrders(
      together.reduce((sum, month) => sum + (known.get(addMonths(month, -12)) ?? 0), 0),
      minBase,
    );
}

/** Why months (together) have no growth; `known`: sums of the complete months. */
function whyNoGrowth(known: ReadonlyMap<Month, number | null>, together: readonly Month[]): Reason {
  const areKnown = (wanted: readonly Month[]) => wanted.every((month) => (known.get(month) ?? null) !== null);
  if (!areKnown(together.map((month) => addMonths(month, -12)))) return 'no-baseline';
  return areKnown(together) ? 'baseline-zero' : 'incomplete-period';
}

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
