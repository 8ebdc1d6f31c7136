import type { Reason, SeriesPoint } from '@beltline/contract';
import { addMonths, type Month, monthOf } from './calendar.ts';
import { judge, type Sides } from './ratio.ts';

const MERGED = new Set(['01', '02']);
/** Whether a month shares its growth with another one. */
export const isFestivalMonth = (month: Month): boolean => MERGED.has(month.slice(5));

/** January and February of a month's year, which are shown together. */
export const festivalMonths = (month: Month): [Month, Month] => [
  `${month.slice(0, 4)}-01`,
  `${month.slice(0, 4)}-02`,
];

/** The months whose growth is one figure with a month's: itself, or both of January and February. */
export const monthsOfGrowth = (month: Month): Month[] =>
  isFestivalMonth(month) ? festivalMonths(month) : [month];

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
    if (!isFestivalMonth(month) || point.value.value === null) return point;
    const months = festivalMonths(month);
    const pair = months.map((one) => byMonth.get(one));
    const baseOrders = months.reduce((sum, one) => sum + bases.ordersOf(addMonths(one, -12)), 0);
    const conditions = { baseOrders, minBase: bases.minBase, provisional: point.coverage < 1 };
    const growth = judge({ ...sidesOfBoth(pair, point.coverage >= 1), ...conditions });
    return { ...point, growth, merged: growth.value !== null };
  });
}

/** What a month waits for: itself, or, where it is over, the other of January and February. */
export function whyUnknown(isGap: boolean, isOver: boolean): Reason {
  if (isGap) return 'not-loaded';
  return isOver ? 'other-month-incomplete' : 'incomplete-period';
}

/** Both months together, in hundredths. Not known before both are complete. */
function sidesOfBoth(
  pair: readonly (SeriesPoint | undefined)[],
  isOver: boolean,
): Pick<Sides, 'value' | 'base' | 'unknownBecause'> {
  const missing = pair.find((point) => point?.value.value == null || point.coverage < 1);
  const isMissing = missing !== undefined || pair.includes(undefined);
  const hundredths = (side: 'value' | 'yearAgo') =>
    pair.reduce<number | null>((sum, point) => {
      const part = point?.[side].value ?? null;
      return sum === null || part === null ? null : sum + Math.round(part * 100);
    }, 0);
  return {
    value: isMissing ? null : hundredths('value'),
    base: hundredths('yearAgo'),
    unknownBecause: whyUnknown(missing?.value.reason === 'not-loaded', isOver),
  };
}
