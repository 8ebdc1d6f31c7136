/**
 * Days and months against the Chinese New Year, which moves between 21 January and 20 February. Everything takes the
 * table of New Years (year → its first day); a year that is missing from it where it is needed is a RangeError.
 */
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
} from './calendar.ts';

/** First day of the New Year of each year. */
export type NewYears = Readonly<Record<number, Day>>;

/** Days around a New Year, both ends counted: from `before` days before it to `after` days after. */
export interface LunarWindow {
  readonly before: number;
  readonly after: number;
}

/**
 * Days that are compared with the same lunar days: the run-up, the standstill and the return to work. Rushes begin as early as 48
 * days before: a window from 28 days before reads −11 % in December 2023 and +7 % in December 2024 of a business that never changes.
 */
export const MATCHING_WINDOW: LunarWindow = { before: 48, after: 45 };

/**
 * Days whose orders come in like those of the same lunar days. A nowcast asks which day is likest, not which days add up, so that
 * days may count twice; its own errors were measured with this window.
 */
export const FILLING_WINDOW: LunarWindow = { before: 28, after: 42 };

/** Days in which factories stand still: 25. */
export const HOLIDAY_WINDOW: LunarWindow = { before: 4, after: 20 };

const daysOfWindow = ({ before, after }: LunarWindow): number => before + after + 1;

/** Days from one day to another; negative where it is earlier. */
const daysBetween = (from: Day, to: Day): number => daysThrough(from, to) - 1;

const yearOf = (dayOrMonth: Day | Month): number => Number(dayOrMonth.slice(0, 4));

function newYearOf(year: number, newYears: NewYears): Day {
  const day = newYears[year];
  if (day === undefined) throw new RangeError(`the table has no New Year of ${year}`);
  return day;
}

/**
 * The day of `targetYear` that a day is likest to. Inside the window around a New Year: as many days from the New
 * Year of the target year. Outside: the same day of the calendar, 29 February becoming the 28th. The last days of
 * December can belong to the window of the next year's New Year; their counterpart then belongs to the year after the
 * target.
 *
 * Near a window's edge a day of the target year can be the likest of two days or of none, because the windows do not begin on
 * the same day of the calendar; sums are compared by `counterpartOf` (warp.ts) instead.
 */
export function matchingDay(
  day: Day,
  targetYear: number,
  newYears: NewYears,
  window: LunarWindow = FILLING_WINDOW,
): Day {
  const year = yearOf(day);
  for (const festival of [year, year + 1]) {
    if (festival > year && newYears[festival] === undefined) continue; // the table ends here
    const offset = daysBetween(newYearOf(festival, newYears), day);
    if (offset < -window.before || offset > window.after) continue;
    return addDays(newYearOf(targetYear + festival - year, newYears), offset);
  }
  return dayInMonth(day, addMonths(monthOf(day), (targetYear - year) * 12));
}

/**
 * Days of the windows around all New Years of the table that fall into the days from `firstDay` through `lastDay`.
 */
export function windowDays(firstDay: Day, lastDay: Day, newYears: NewYears, window: LunarWindow): number {
  let days = 0;
  for (const newYear of Object.values(newYears)) {
    const from = addDays(newYear, -window.before);
    const to = addDays(newYear, window.after);
    const [start, end] = [from > firstDay ? from : firstDay, to < lastDay ? to : lastDay];
    if (start <= end) days += daysThrough(start, end);
  }
  return days;
}

/**
 * Shares of a table that were asked for before: a page asks for the same few hundred once a belt, 15 ms each time.
 */
const knownShares = new WeakMap<NewYears, Map<string, number>>();

/**
 * H_m: the part (0–1) of the holiday's days that falls into a month; over the months of one holiday it adds up to 1.
 * The table must not change afterwards.
 */
export function holidayShare(month: Month, newYears: NewYears, window: LunarWindow = HOLIDAY_WINDOW): number {
  const known = knownShares.get(newYears) ?? new Map<string, number>();
  knownShares.set(newYears, known);
  const key = `${month} ${window.before} ${window.after}`;
  const share = known.get(key) ?? computedShare(month, newYears, window);
  known.set(key, share);
  return share;
}

function computedShare(month: Month, newYears: NewYears, window: LunarWindow): number {
  const year = yearOf(month);
  newYearOf(year, newYears);
  const near = { ...pick(newYears, year - 1), ...pick(newYears, year), ...pick(newYears, year + 1) };
  return windowDays(firstDayOf(month), lastDayOf(month), near, window) / daysOfWindow(window);
}

const pick = (newYears: NewYears, year: number): NewYears => {
  const day = newYears[year];
  return day === undefined ? {} : { [year]: day };
};

/** The part (0–1) of a month's days that lies in the windows around New Years. */
export const monthShare = (month: Month, newYears: NewYears, window: LunarWindow): number =>
  (holidayShare(month, newYears, window) * daysOfWindow(window)) /
  daysThrough(firstDayOf(month), lastDayOf(month));
