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

/** First and last day with loaded orders. In between, a day without orders is a day on which nothing was sold,
 * unless its whole month was never loaded. */
export interface LoadedRange {
  readonly firstDay: Day;
  readonly dataThrough: Day;
  /** Months between of which no load has brought a line of the whole source. What was sold in them is not known. */
  readonly notLoaded?: readonly Month[];
}

/** The range with its gaps: the months from first to last that are not among those of any load. */
export function loadedRange(firstDay: Day, dataThrough: Day, loadedMonths: readonly Month[]): LoadedRange {
  const loaded = new Set(loadedMonths);
  const all = monthsThrough(monthOf(firstDay), monthOf(dataThrough));
  return { firstDay, dataThrough, notLoaded: all.filter((month) => !loaded.has(month)) };
}

export const isNotLoaded = ({ notLoaded = [] }: LoadedRange, month: Month): boolean =>
  notLoaded.includes(month);

/** Whether days at the ends of its months are not loaded: distinct units of part months are not known. */
export const isCut = ({ from, to, firstDay, lastDay }: Period): boolean =>
  firstDay > firstDayOf(from) || lastDay < lastDayOf(to);

/** Whether no month of a period was ever loaded. */
export const isWholeNotLoaded = ({ firstDay, lastDay, without }: Period): boolean =>
  monthsThrough(monthOf(firstDay), monthOf(lastDay)).every((month) => without.includes(month));

/** Months from..to, and the days of them that are loaded. @throws RangeError where none is. */
export function coveredPeriod(from: Month, to: Month, loaded: LoadedRange): Period {
  const firstDay = firstDayOf(from) > loaded.firstDay ? firstDayOf(from) : loaded.firstDay;
  const lastDay = lastDayOf(to) < loaded.dataThrough ? lastDayOf(to) : loaded.dataThrough;
  if (firstDay > lastDay) throw new RangeError(`nothing is loaded from ${from} to ${to}`);
  const without = (loaded.notLoaded ?? []).filter((month) => month >= from && month <= to);
  return periodOfDays(from, to, firstDay, lastDay, without);
}

function periodOfDays(
  from: Month,
  to: Month,
  firstDay: Day,
  lastDay: Day,
  without: readonly Month[],
): Period {
  const missing = without.reduce((days, month) => days + daysThrough(firstDayOf(month), lastDayOf(month)), 0);
  const covered = Math.max(0, daysThrough(firstDay, lastDay) - missing);
  const coverage = covered / daysThrough(firstDayOf(from), lastDayOf(to));
  return { from, to, firstDay, lastDay, coverage, complete: coverage === 1, without: [...without] };
}

/**
 * What a period is compared with, or null where that is not wholly loaded; the counterparts of months that the period is
 * without are left out of it. `year-ago`: the same days of the same months
 * a year before (the last day of a month meets the last day of a month; 29 February otherwise meets the 28th).
 * `previous`: the equally long run of months directly before; for an incomplete period the same number of days from
 * that run's start.
 */
export function baselineOf(period: Period, comparison: Comparison, loaded: LoadedRange): Period | null {
  const baseline = comparison === 'year-ago' ? yearAgo(period) : previous(period);
  if (isWholeNotLoaded(period)) return null;
  const months = monthsThrough(monthOf(baseline.firstDay), monthOf(baseline.lastDay));
  const isLoaded =
    baseline.firstDay >= loaded.firstDay &&
    baseline.lastDay <= loaded.dataThrough &&
    !months.some((month) => isNotLoaded(loaded, month) && !baseline.without.includes(month));
  return isLoaded ? baseline : null;
}

function yearAgo({ from, to, firstDay, lastDay, without }: Period): Period {
  return periodOfDays(
    addMonths(from, -12),
    addMonths(to, -12),
    dayAYearAgo(firstDay),
    lastDayAYearAgo(lastDay),
    without.map((month) => addMonths(month, -12)),
  );
}

/** The same day a year before; for 29 February the 28th. */
export const dayAYearAgo = (day: Day): Day => dayInMonth(day, addMonths(monthOf(day), -12));

/** The same for the last day of a period, where the end of a month meets the end of a month. */
export function lastDayAYearAgo(day: Day): Day {
  const month = addMonths(monthOf(day), -12);
  return day === lastDayOf(monthOf(day)) ? lastDayOf(month) : dayInMonth(day, month);
}

function previous(period: Period): Period {
  const { from, to, firstDay, lastDay } = period;
  const length = monthsThrough(from, to).length;
  const without = period.without.map((month) => addMonths(month, -length));
  const [first, last] = [addMonths(from, -length), addMonths(to, -length)];
  if (!isCut(period)) return periodOfDays(first, last, firstDayOf(first), lastDayOf(last), without);
  const end = addDays(firstDayOf(first), daysThrough(firstDay, lastDay) - 1);
  const lastOf = end < lastDayOf(last) ? end : lastDayOf(last);
  return periodOfDays(first, last, firstDayOf(first), lastOf, without);
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
  const covered = monthsThrough(monthOf(firstDay), monthOf(lastDay)).filter(
    (month) => !period.without.includes(month),
  );
  const isWhole = (month: Month) => firstDayOf(month) >= firstDay && lastDayOf(month) <= lastDay;
  return {
    months: covered.filter(isWhole).map(firstDayOf),
    partMonths: covered.filter((month) => !isWhole(month)).map(firstDayOf),
    firstDay,
    lastDay,
  };
}
