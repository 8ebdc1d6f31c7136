import type { Reason, SeriesPoint } from '@beltline/contract';
import { addMonths, type Month, monthOf } from '../figures/calendar.ts';
import { hasTooFewOrders } from '../figures/compare.ts';

const MERGED = new Set(['01', '02']);
const isMerged = (month: Month) => MERGED.has(month.slice(5));

/** The months of a question, and January or February beside them, where its growth is that of both. */
export function withPartners({ from, to }: { from: Month; to: Month }): { from: Month; to: Month } {
  return {
    from: from.endsWith('-02') ? addMonths(from, -1) : from,
    to: to.endsWith('-01') ? addMonths(to, 1) : to,
  };
}

/** What tells a small base: the orders of a month, and how many a base must have. */
interface Bases {
  ordersOf(month: Month): number;
  readonly minBase: number;
}

/**
 * January and February carry the growth of both together, because the Spring Festival falls into either; none before both
 * are complete, in either year. Its base is that of both, too. For sums only: distinct units of two months do not add up.
 */
export function mergeFestivalMonths(points: readonly SeriesPoint[], bases: Bases): SeriesPoint[] {
  const byMonth = new Map(points.map((point) => [monthOf(point.day), point]));
  return points.map((point) => {
    const month = monthOf(point.day);
    if (!isMerged(month) || point.value === null) return point;
    const year = month.slice(0, 4);
    const months = [`${year}-01`, `${year}-02`];
    const both = growthOfBoth(months.map((one) => byMonth.get(one)));
    const orders = months.reduce((sum, one) => sum + bases.ordersOf(addMonths(one, -12)), 0);
    const isSmall = both.growth !== null && hasTooFewOrders(orders, bases.minBase);
    const whole = point.coverage < 1 ? 'provisional' : 'final';
    return { ...point, ...both, flag: isSmall ? 'base-too-small' : whole, merged: true };
  });
}

type Growth = Pick<SeriesPoint, 'growth' | 'reason'>;

function growthOfBoth(pair: readonly (SeriesPoint | undefined)[]): Growth {
  const none = (reason: Reason): Growth => ({ growth: null, reason });
  let [value, baseline] = [0, 0];
  for (const point of pair) {
    if (point?.value == null || point.coverage < 1) return none('incomplete-period');
    if (point.yearAgo === null) return none('no-baseline');
    value += Math.round(point.value * 100);
    baseline += Math.round(point.yearAgo * 100);
  }
  return baseline === 0 ? none('baseline-zero') : { growth: (value - baseline) / baseline, reason: null };
}
