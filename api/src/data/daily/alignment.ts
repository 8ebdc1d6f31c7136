/** Which day of another year a day is compared with, as positions in a series: worked out once for all belts. */
import { addMonths, type Day, dayInMonth, lastDayOf, monthOf } from '../../core/calendar.ts';
import { hasFestival, SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { matchingDay } from '../../core/lunar.ts';
import { dayAt, indexOfDay, isLoadedAt, type DailySeries } from './daily-series.ts';

/** New Years that matter to a source; empty where its country keeps none. */
export const newYearsOf = (homeCountry: string): Readonly<Record<number, Day>> =>
  hasFestival(homeCountry) ? SPRING_FESTIVALS : {};

const yearOf = (day: Day) => Number(day.slice(0, 4));

/** The lunar-aligned counterpart; by the calendar where no New Year is known of either year. */
function counterpart(day: Day, targetYear: number, newYears: Readonly<Record<number, Day>>): Day {
  const year = yearOf(day);
  const known = [year, targetYear, targetYear + 1].every((one) => newYears[one] !== undefined);
  if (known) return matchingDay(day, targetYear, newYears);
  return dayInMonth(day, addMonths(monthOf(day), (targetYear - year) * 12));
}

/** Through the end of the last month, also where that is still running: its days have counterparts already. */
function matches(series: DailySeries, target: (year: number) => number, homeCountry: string): Int32Array {
  const newYears = newYearsOf(homeCountry);
  const lastDay = lastDayOf(monthOf(dayAt(series, series.values.length - 1)));
  return Int32Array.from({ length: indexOfDay(series, lastDay) + 1 }, (_, index) => {
    const day = dayAt(series, index);
    const match = indexOfDay(series, counterpart(day, target(yearOf(day)), newYears));
    return isLoadedAt(series, match) ? match : -1;
  });
}

/** For each day the position of its counterpart `years` before; −1 where that is not loaded. */
export const yearsBefore = (series: DailySeries, years: number, homeCountry: string): Int32Array =>
  matches(series, (year) => year - years, homeCountry);

/** For each day the position of its counterpart in one year; −1 where that is not loaded. */
export const inYear = (series: DailySeries, year: number, homeCountry: string): Int32Array =>
  matches(series, () => year, homeCountry);
