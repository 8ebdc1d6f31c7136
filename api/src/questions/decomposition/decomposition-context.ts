import type { Area, ComparedMeta, ComparedValue, Reason, Track } from '@beltline/contract';
import { compare } from '../../core/compare.ts';
import type { Amount } from '../../core/amounts.ts';
import { areaOf } from '../../data/areas/area.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import type { PeriodComparison } from '../../data/context/period-comparison.ts';

/** What every answer to "why did it change" carries. */
export interface DecompositionFrame {
  readonly meta: ComparedMeta;
  readonly area: Area;
  readonly track: Track;
}

export const frameOf = (
  { compared, area }: ComparisonContext,
  { track }: { track: Track },
): DecompositionFrame => ({
  meta: compared.meta,
  area: areaOf(area),
  track,
});

/**
 * Why a change cannot be split: a month that was never loaded, no baseline, or merchants and SKUs of part months are not kept;
 * null where it can. A month that was never loaded is said first: neither its merchants nor their change can be told.
 */
export function unavailableReason({ period, baseline }: ComparedMeta): Reason | null {
  if (period.without.length > 0) return 'not-loaded';
  if (baseline === null) return 'no-baseline';
  return period.complete ? null : 'part-month';
}

/** GMV in both periods, from hundredths, compared as anywhere else: `orders` are those of the same lines. */
export const changeOf = (
  sides: { readonly value: number; readonly baseline: number },
  orders: Amount,
  { conditions }: PeriodComparison,
): ComparedValue => compare('gmv', { ...sides, baselineOrders: orders.baseline }, conditions);
