import { daysThrough, type Month, monthOf } from '../../core/calendar.ts';
import { coveredPeriod, type Days, type LoadedRange } from '../../core/period.ts';
import type { MonthShares } from './owner-windows.service.ts';

/**
 * What part of what is kept of each month belongs to a period: all of whole months, and of part months its days among those that are
 * loaded. Of a month that ends with the data that is all there is of it; of its counterpart a year ago, which has more days, a part.
 */
export function sharesOf({ months, partDays }: Days, loaded: LoadedRange): MonthShares {
  const days = new Map<Month, number>();
  for (const day of partDays) days.set(monthOf(day), (days.get(monthOf(day)) ?? 0) + 1);
  const shares = new Map<Month, number>(months.map((day) => [monthOf(day), 1]));
  for (const [month, count] of days) {
    const { firstDay, lastDay } = coveredPeriod(month, month, loaded);
    shares.set(month, count / daysThrough(firstDay, lastDay));
  }
  return shares;
}
