import type { Area, ComparedMeta, Reason, Track } from '@beltline/contract';
import { plain } from '../../core/compare.ts';
import { judge } from '../../core/ratio.ts';
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

/** A value in both periods, from hundredths, judged as any other growth: `orders` are those of the same lines. */
export function changeOf(
  { value, baseline }: { readonly value: number; readonly baseline: number },
  orders: Amount,
  { conditions }: PeriodComparison,
) {
  return {
    value: value / 100,
    baseline: baseline / 100,
    change: (value - baseline) / 100,
    ...judge({ ...conditions, value, base: baseline, baseOrders: plain(orders.baseline) }),
  };
}
