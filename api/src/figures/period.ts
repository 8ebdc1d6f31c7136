import type { Comparison, Period } from '@beltline/contract';
import {
  addDays,
  addMonths,
  type Day,
  dayInMonth,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
} from './calendar.ts';

/** First and last day with loaded orders. In between, a day without orders is a day on which nothing was sold. */
export interface LoadedRange {
  readonly firstDay: Day;
  readonly dataThrough: Day;
}

/** Months from..to, and the days of them that are loaded. @throws RangeError where none is. */
export function coveredPeriod(from: Month, to: Month, loaded: LoadedRange): Period {
  const firstDay = firstDayOf(from) > loaded.firstDay ? firstDayOf(from) : loaded.firstDay;
  const lastDay = lastDayOf(to) < loaded.dataThrough ? lastDayOf(to) : loaded.dataThrough;
  if (firstDay > lastDay) throw new RangeError(`nothing is loaded from ${from} to ${to}`);
  return periodOfDays(from, to, firstDay, lastDay);
}

function periodOfDays(from: Month, to: Month, firstDay: Day, lastDay: Day): Period {
  const coverage = daysThrough(firstDay, lastDay) / daysThrough(firstDayOf(from), lastDayOf(to));
  return { from, to, firstDay, lastDay, coverage, complete: coverage === 1 };
}

/**
 * What a period is compared with, or null where that is not wholly loaded. `year-ago`: the same days of the same months
 * a year before (the last day of a month meets the last day of a month; 29 February otherwise meets the 28th).
 * `previous`: the equally long run of months directly before; for an incomplete period the same number of days from
 * that run's start.
 */
export function baselineOf(period: Period, comparison: Comparison, loaded: LoadedRange): Period | null {
  const baseline = comparison === 'year-ago' ? yearAgo(period) : previous(period);
  const isLoaded = baseline.firstDay >= loaded.firstDay && baseline.lastDay <= loaded.dataThrough;
  return isLoaded ? baseline : null;
}

function yearAgo({ from, to, firstDay, lastDay }: Period): Period {
  return periodOfDays(
    addMonths(from, -12),
    addMonths(to, -12),
    dayAYearAgo(firstDay),
    lastDayAYearAgo(lastDay),
  );
}

/** The same day a year before; for 29 February the 28th. */
export const dayAYearAgo = (day: Day): Day => dayInMonth(day, addMonths(monthOf(day), -12));

/** The same for the last day of a period, where the end of a month meets the end of a month. */
export function lastDayAYearAgo(day: Day): Day {
  const month = addMonths(monthOf(day), -12);
  return day === lastDayOf(monthOf(day)) ? lastDayOf(month) : dayInMonth(day, month);
}

function previous({ from, to, firstDay, lastDay, complete }: Period): Period {
  const length = monthsThrough(from, to).length;
  const [first, last] = [addMonths(from, -length), addMonths(to, -length)];
  if (complete) return periodOfDays(first, last, firstDayOf(first), lastDayOf(last));
  const end = addDays(firstDayOf(first), daysThrough(firstDay, lastDay) - 1);
  return periodOfDays(first, last, firstDayOf(first), end < lastDayOf(last) ? end : lastDayOf(last));
}

/** A period as the queries read it: whole months from one rollup, days of part months from another. */
export interface Days {
  readonly months: readonly Day[];
  readonly partMonths: readonly Day[];
  readonly firstDay: Day;
  readonly lastDay: Day;
}

const NO_DAYS: Days = { months: [], partMonths: [], firstDay: '1970-01-01', lastDay: '1970-01-01' };

/** Splits a period into its whole months and its part months (at most the first and the last); null = nothing. */
export function daysOf(period: Period | null): Days {
  if (period === null) return NO_DAYS;
  const { firstDay, lastDay } = period;
  const covered = monthsThrough(monthOf(firstDay), monthOf(lastDay));
  const isWhole = (month: Month) => firstDayOf(month) >= firstDay && lastDayOf(month) <= lastDay;
  return {
    months: covered.filter(isWhole).map(firstDayOf),
    partMonths: covered.filter((month) => !isWhole(month)).map(firstDayOf),
    firstDay,
    lastDay,
  };
}
