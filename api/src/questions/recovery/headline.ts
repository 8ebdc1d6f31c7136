/** The growth that a page opens with: of the last complete month, January and February together. */
import type { Figure } from '@beltline/contract';
import { sumOver } from '../../data/daily/daily-series.ts';
import { figureOf, missing, scaleOf } from '../../core/figure.ts';
import { addMonths, firstDayOf, lastDayOf, type Month } from '../../core/calendar.ts';
import { hasTooFewOrders } from '../../core/ratio.ts';
import type { AreaDays } from './area-facts.ts';
import { festivalMonths, isFestivalMonth } from '../../core/merged-months.ts';

/**
 * Year-on-year growth of the last complete month, whether it can be given or not; where January and February are merged,
 * of both together, and until February is complete of December.
 */
export function headlineGrowth(days: AreaDays, month: Month, mergesFestival: boolean): Figure {
  const merged = mergesFestival && isFestivalMonth(month);
  if (merged && month.endsWith('-01')) return headlineGrowth(days, addMonths(month, -1), mergesFestival);
  const months = merged ? festivalMonths(month) : [month];
  const before = months.map((one) => addMonths(one, -12));
  const complete = days.months.filter((one) => one.coverage === 1);
  const isKnown = (wanted: readonly Month[]) =>
    wanted.every((one) => complete.some((known) => known.month === one));
  if (!isKnown(months) || !isKnown(before)) {
    const isGap = days.months.some((one) => months.includes(one.month) && one.coverage === 0);
    return missing('growth', 'ratio', isGap ? 'not-loaded' : 'no-baseline');
  }
  const scale = scaleOf(days.measure);
  const total = (series: AreaDays['series'], wanted: readonly Month[]) =>
    complete
      .filter((one) => wanted.includes(one.month))
      .reduce((sum, { from, to }) => sum + (sumOver(series, from, to) ?? 0), 0);
  const spanOf = (wanted: readonly Month[]) => ({
    firstDay: firstDayOf(wanted[0] ?? month),
    lastDay: lastDayOf(wanted.at(-1) ?? month),
  });
  return figureOf({
    definition: merged ? 'merged-january-february' : 'growth',
    unit: 'ratio',
    numerator: total(days.series, months) / scale,
    denominator: total(days.series, before) / scale,
    value: (ratio) => ratio - 1,
    period: spanOf(months),
    baseline: spanOf(before),
    coverage: 1,
    baseTooSmall: hasTooFewOrders(total(days.orders, before), days.minBase),
  });
}
