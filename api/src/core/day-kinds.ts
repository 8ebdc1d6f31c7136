/** What kind of day each day of a source is: its place in the week, public holidays, make-up working days, and sales of fixed date. */
import { addDays, type Day, daysThrough } from './calendar.ts';
import { type LunarWindow, MATCHING_WINDOW, type NewYears } from './lunar.ts';
import { holidayOn, isMakeUpDay } from './public-holidays.ts';

/** What sets a day apart from its weekday, as `DayKinds.special` has it: nothing, else the position of its kind in `SPECIALS` + 1. */
export const SPECIALS = ['weekday-off', 'weekend-off', 'make-up'] as const;
export type SpecialKind = (typeof SPECIALS)[number];

/**
 * Sales of fixed date, MM-DD: 6.18, 11.11 and 12.12, with the days before on which they begin. A day of each its own kind: they are
 * not alike.
 */
export const SALES: readonly string[] = [
  ...['06-15', '06-16', '06-17', '06-18'],
  ...['11-09', '11-10', '11-11'],
  ...['12-09', '12-10', '12-11', '12-12'],
];
export const NO_SALE = -1;

/** Days about a New Year in which a level cannot be told from the days beside it: factories close and open again. */
const STANDSTILL: LunarWindow = { before: 15, after: 20 };

/** One element a day from the first one on. */
export interface DayKinds {
  /** 0–6 from Sunday. */
  readonly weekday: Uint8Array;
  /** 0, or the position in `SPECIALS` + 1: Monday to Friday in a public holiday, its weekend, a weekend day that is worked. */
  readonly special: Uint8Array;
  /** Position in `SALES`, or `NO_SALE`. */
  readonly sale: Int8Array;
  /** 2: an ordinary stretch of the year; 1: about a New Year, where the level moves slowly; 0: its standstill and both its edges. */
  readonly calm: Uint8Array;
}

function specialOf(day: Day, weekday: number): number {
  const holiday = holidayOn(day);
  const isOff = holiday !== undefined && holiday !== 'spring-festival';
  const isWeekend = weekday === 0 || weekday === 6;
  const kind = isOff ? (isWeekend ? 'weekend-off' : 'weekday-off') : isMakeUpDay(day) ? 'make-up' : null;
  return kind === null ? 0 : SPECIALS.indexOf(kind) + 1;
}

/** The kinds of `length` days. The Spring Festival's own days are no holiday here: they are compared by lunar days. */
export function dayKinds(firstDay: Day, length: number, newYears: NewYears): DayKinds {
  const sunday = daysThrough('1970-01-04', firstDay) - 1; // a Sunday
  const days = Array.from({ length }, (_, index) => addDays(firstDay, index));
  const calm = new Uint8Array(length).fill(2);
  const mark = (newYear: Day, { before, after }: LunarWindow, as: number) => {
    const start = daysThrough(firstDay, newYear) - 1;
    for (let index = Math.max(0, start - before); index <= start + after && index < length; index++)
      calm[index] = as;
  };
  for (const newYear of Object.values(newYears)) {
    mark(newYear, MATCHING_WINDOW, 1);
    mark(newYear, STANDSTILL, 0);
  }
  const weekday = Uint8Array.from(days, (_, index) => (((sunday + index) % 7) + 7) % 7);
  return {
    weekday,
    special: Uint8Array.from(days, (day, index) => specialOf(day, weekday[index] ?? 0)),
    sale: Int8Array.from(days, (day) => SALES.indexOf(day.slice(5))),
    calm,
  };
}
