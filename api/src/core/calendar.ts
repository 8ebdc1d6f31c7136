/**
 * Calendar arithmetic on text: months `YYYY-MM`, days `YYYY-MM-DD`. Days are business days of the source already, so no
 * time zone is involved; UTC is used only to count.
 */
import { remembered } from './remembered.ts';

export type Month = string;
export type Day = string;

const MS_A_DAY = 86_400_000;

/** Days that are remembered with their numbers, some 130 years; a question is asked of a few hundred, each of them many times. */
const MOST_DAYS = 50_000;
const numberOfDay = remembered((day: Day) => Date.parse(`${day}T00:00:00Z`) / MS_A_DAY, MOST_DAYS);
const dayOfNumber = remembered(
  (number: number): Day => new Date(number * MS_A_DAY).toISOString().slice(0, 10),
  MOST_DAYS,
);

/** Months since year 0, of a month or of the month of a day. */
export const numberOfMonth = (month: Month): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
/** The month of such a number. */
export const monthOfNumber = remembered(
  (number: number): Month =>
    `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`,
  MOST_DAYS,
);

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDayOf = (month: Month): Day => `${month}-01`;
export const addDays = (day: Day, days: number): Day => dayOfNumber(numberOfDay(day) + days);

/** Days from one day through another, both counted. */
export const daysThrough = (from: Day, to: Day): number => numberOfDay(to) - numberOfDay(from) + 1;

export const addMonths = (month: Month, months: number): Month =>
  monthOfNumber(numberOfMonth(month) + months);

export const lastDayOf = (month: Month): Day => addDays(firstDayOf(addMonths(month, 1)), -1);
export const lengthOfMonth = (month: Month): number => daysThrough(firstDayOf(month), lastDayOf(month));
/** In their order. */
export const daysOfMonth = (month: Month): Day[] =>
  Array.from({ length: lengthOfMonth(month) }, (_, later) => addDays(firstDayOf(month), later));

/** Months from one through another, both counted. */
export function monthsThrough(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The same day of another month, or that month's last where it is shorter: 29 February becomes the 28th. */
export function dayInMonth(day: Day, month: Month): Day {
  const same = `${month}-${day.slice(8)}`;
  const last = lastDayOf(month);
  return same < last ? same : last;
}
