/** Which day of another year a day is compared with, as positions in a series: worked out once for all belts. */
import { addMonths, type Day, dayInMonth, lastDayOf, monthOf } from '../../core/calendar.ts';
import { hasFestival, SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { matchingDay } from '../../core/lunar.ts';
import { counterpartOf } from '../../core/warp.ts';
import { dayAt, indexOfDay, isLoadedAt, LEFT_OUT, NOT_LOADED, type DailySeries } from './daily-series.ts';

/** New Years that matter to a source; empty where its country keeps none. */
export const newYearsOf = (homeCountry: string): Readonly<Record<number, Day>> =>
  hasFestival(homeCountry) ? SPRING_FESTIVALS : {};

const yearOf = (day: Day) => Number(day.slice(0, 4));

/** Through the end of the last month, also where that is still running: its days have counterparts already. */
function matches(series: DailySeries, counterpart: (day: Day) => Day | null): Int32Array {
  const lastDay = lastDayOf(monthOf(dayAt(series, series.values.length - 1)));
  return Int32Array.from({ length: indexOfDay(series, lastDay) + 1 }, (_, index) => {
    const day = counterpart(dayAt(series, index));
    if (day === null) return LEFT_OUT;
    const match = indexOfDay(series, day);
    return isLoadedAt(series, match) ? match : NOT_LOADED;
  });
}

/** For each day the position of its counterpart `years` before, `NOT_LOADED` or `LEFT_OUT`; no position comes twice. */
export function yearsBefore(series: DailySeries, years: number, homeCountry: string): Int32Array {
  const newYears = newYearsOf(homeCountry);
  return matches(series, (day) => counterpartOf(day, years, newYears));
}

/**
 * For each day the position of its counterpart in one year, `NOT_LOADED` or `LEFT_OUT`; over days of one year or of a turn of years no
 * position comes twice. A day near New Year's Day whose counterpart lies in the year before or after has none: a level is told against
 * days of its reference year alone, which is often the first that was loaded.
 */
export function inYear(series: DailySeries, year: number, homeCountry: string): Int32Array {
  const newYears = newYearsOf(homeCountry);
  return matches(series, (day) => {
    const found = counterpartOf(day, yearOf(day) - year, newYears);
    return found !== null && yearOf(found) === year ? found : null;
  });
}

/**
 * For each day the position of the likest day `years` before, or `NOT_LOADED`. Every day has one, and some come twice: for what
 * asks how a month fills up and adds nothing up.
 */
export function likeDays(series: DailySeries, years: number, homeCountry: string): Int32Array {
  const newYears = newYearsOf(homeCountry);
  return matches(series, (day) => {
    const year = yearOf(day);
    const isKnown = [year, year - years, year - years + 1].every((one) => newYears[one] !== undefined);
    return isKnown
      ? matchingDay(day, year - years, newYears)
      : dayInMonth(day, addMonths(monthOf(day), -12 * years));
  });
}
