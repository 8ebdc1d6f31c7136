/** Whether belts add up to the nation. */
import type { FlowMeasure, QualityAnswer } from '@beltline/contract';
import { known } from '../../core/brief-figure.ts';
import { scaleOf } from '../../core/figure.ts';
import { sumOver } from '../../data/daily/daily-series.ts';
import type { DailySeriesSet } from '../../data/daily/daily-series.service.ts';

/**
 * The sums of a window (positions, both counted) over belts and over the nation, each from rows of its own. `spanning`: what orders of several belts are counted too
 * often by, told by the orders themselves, so that the four agree only where both rollups do.
 */
export function sumsOverLevels(
  { byBelt, nation, spread }: Pick<DailySeriesSet, 'byBelt' | 'nation' | 'spread'>,
  measure: FlowMeasure,
  { from, to }: { readonly from: number; readonly to: number },
): QualityAnswer['levels'] {
  const scale = scaleOf(measure);
  const figure = (value: number | null) => known(value === null ? null : value / scale, 'no-data');
  let belts = 0;
  for (const [id, series] of byBelt) if (id !== '') belts += sumOver(series, from, to) ?? 0;
  const outside = byBelt.get('');
  const inside = spread.filter(({ position }) => position >= from && position <= to);
  const spanning = inside.reduce((total, { beltIds }) => total - (beltIds.length - 1), 0);
  return {
    belts: figure(belts),
    outside: figure(outside ? (sumOver(outside, from, to) ?? 0) : 0),
    spanning: figure(measure === 'orders' ? spanning : 0),
    nation: figure(sumOver(nation, from, to)),
  };
}
