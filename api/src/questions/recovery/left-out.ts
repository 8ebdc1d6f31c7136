/** An order taken out of what a state is told by: of the days, and of what its merchants sold. */
import { monthOf } from '../../core/calendar.ts';
import { type DailySeries, dayAt } from '../../data/daily/daily-series.ts';
import { partOf } from '../../data/owners/window-sums.ts';
import type { MonthShares, OwnerWindows } from '../../data/owners/owner-windows.ts';
import type { AreaDays } from './area-facts.ts';

/** What of an order lies on a day with a merchant. `position`: of the day in the series; `amount`: in the unit of the series. */
export interface OrderPart {
  readonly position: number;
  readonly merchantKey: number;
  readonly amount: number;
}

/**
 * The days of an area without an order. Its season, kinds of days and outliers stay those of all orders: what is asked is what this order
 * does to the figures, not to the method.
 */
export function daysWithout(days: AreaDays, parts: readonly OrderPart[]): AreaDays {
  const positions = new Set(parts.map(({ position }) => position));
  return {
    ...days,
    series: less(
      days.series,
      parts.map(({ position, amount }) => [position, amount]),
    ),
    orders: less(
      days.orders,
      [...positions].map((position) => [position, 1]),
    ),
  };
}

/** What merchants sold in windows without an order; a part of a month takes its share of it, rounded as the month's own. */
export function ownersWithout(
  owners: OwnerWindows,
  windows: readonly MonthShares[],
  parts: readonly OrderPart[],
  series: DailySeries,
): OwnerWindows {
  const places = new Map(Array.from(owners.keys, (key, place) => [key, place]));
  const sums = owners.sums.map((values, window) => {
    const own = values.slice();
    for (const { position, merchantKey, amount } of parts) {
      const place = places.get(merchantKey);
      const share = windows[window]?.get(monthOf(dayAt(series, position))) ?? 0;
      if (place === undefined || share === 0) continue;
      own[place] = (own[place] ?? 0) - partOf(amount, share);
    }
    return own;
  });
  return { ...owners, sums };
}

function less(series: DailySeries, parts: readonly (readonly [number, number])[]): DailySeries {
  const values = series.values.slice();
  for (const [position, amount] of parts) values[position] = (values[position] ?? 0) - amount;
  return { ...series, values };
}
