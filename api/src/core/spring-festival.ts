import type { Period } from '@beltline/contract';
import { HOLIDAY_WINDOW, windowDays } from './lunar.ts';

/**
 * First day of the Chinese New Year, from the lunisolar calendar of the Purple Mountain Observatory (GB/T 33661-2017), as
 * published in its tables. A table, because the calendar of JavaScript's `Intl` is off by a day for 2027.
 */
export const SPRING_FESTIVALS: Readonly<Record<number, string>> = {
  2010: '2010-02-14',
  2011: '2011-02-03',
  2012: '2012-01-23',
  2013: '2013-02-10',
  2014: '2014-01-31',
  2015: '2015-02-19',
  2016: '2016-02-08',
  2017: '2017-01-28',
  2018: '2018-02-16',
  2019: '2019-02-05',
  2020: '2020-01-25',
  2021: '2021-02-12',
  2022: '2022-02-01',
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
  2031: '2031-01-23',
  2032: '2032-02-11',
  2033: '2033-01-31',
  2034: '2034-02-19',
  2035: '2035-02-08',
};

/**
 * A difference of one day of the window's 25 is no shift: it is what merged January–February of 2023 and of 2024 differ
 * by, which is the comparison that merging is there for.
 */
const TOLERATED_DAYS = 1;

/** Days of the holiday's windows that fall into a period's covered days. */
export const festivalDays = ({ firstDay, lastDay }: Pick<Period, 'firstDay' | 'lastDay'>): number =>
  windowDays(firstDay, lastDay, SPRING_FESTIVALS, HOLIDAY_WINDOW);

/** True where a growth rate between the two would measure the holiday's date rather than business. */
export const isFestivalShifted = (period: Period, baseline: Period): boolean =>
  Math.abs(festivalDays(period) - festivalDays(baseline)) > TOLERATED_DAYS;

/** Countries whose business stands still at the Spring Festival. */
const FESTIVAL_COUNTRIES = new Set(['CN']);

export const hasFestival = (homeCountry: string): boolean => FESTIVAL_COUNTRIES.has(homeCountry);
