/** How much there is to sell on in a month: its days, by what days of their kinds sell. */
import { lengthOfMonth } from '../../core/calendar.ts';
import { sum } from '../../core/vector.ts';
import type { MonthDays } from './months.ts';

/** Days of a February over four years, on the average. */
const FEBRUARY = 28.25;

/**
 * What each month can sell in relation to the usual of its calendar month, because of its weekdays, public holidays, make-up days and
 * 29 February: 1.03 = 3 % more. `factors`: of the days of the series. What is the same every year belongs to the season, and is in both.
 */
export function workloads(months: readonly MonthDays[], factors: Float64Array): number[] {
  const average = sum(factors) / factors.length;
  const raw = months.map(({ month, from, coverage }) => {
    const length = lengthOfMonth(month);
    const days = month.endsWith('-02') ? FEBRUARY : length;
    return coverage === 1 ? sum(factors.subarray(from, from + length)) / average / days : null;
  });
  return raw.map((one, index) => {
    const calendarMonth = months[index]?.month.slice(4);
    const alike = raw.filter((other, at) => other !== null && months[at]?.month.slice(4) === calendarMonth);
    return one === null ? 1 : (one * alike.length) / sum(alike as number[]);
  });
}
