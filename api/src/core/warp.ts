/**
 * Which day of an earlier year a day is compared with, so that no day of that year counts twice. Around a New Year: the day as far
 * from the earlier New Year. Between two such windows: the same day of the calendar. The windows begin and end on other days of the
 * calendar each year, so at one side of a New Year days are left over whose date of the earlier year is in use already, and as many
 * days of the earlier year are left over at the other side.
 *
 * Days left over have no counterpart. To pair them with each other in order would use every day of both years, but compares up to
 * nineteen days of December with days of March: in belts that sell winter or summer goods and never change, December 2023 then grows
 * by 57 % or falls by 38 %, and March 2025 falls by 35 % (docs/adr/0023-days-left-over-are-not-compared.md).
 */
import { addDays, type Day, daysThrough } from './calendar.ts';
import { type LunarWindow, MATCHING_WINDOW, type NewYears } from './lunar.ts';

const yearOf = (day: Day): number => Number(day.slice(0, 4));
const daysFrom = (from: Day, to: Day): number => daysThrough(from, to) - 1;

/** A New Year and the one that it is compared with; undefined where the table lacks one of them. */
function pairOf(
  festival: number,
  yearsBack: number,
  newYears: NewYears,
): { now: Day; then: Day } | undefined {
  const [now, then] = [newYears[festival], newYears[festival - yearsBack]];
  return now !== undefined && then !== undefined ? { now, then } : undefined;
}

const isInside = (offset: number, { before, after }: LunarWindow): boolean =>
  offset >= -before && offset <= after;

/**
 * The day that a day is compared with, `yearsBack` years before; null where it has none. 29 February lies in the window of
 * every New Year of the table and meets its lunar day; without a New Year it meets the 29 February of another leap year, or none.
 * Where the table lacks either New Year the calendar holds.
 */
export function counterpartOf(
  day: Day,
  yearsBack: number,
  newYears: NewYears,
  window: LunarWindow = MATCHING_WINDOW,
): Day | null {
  const year = yearOf(day);
  const pairs = [year, year + 1].flatMap((festival) => pairOf(festival, yearsBack, newYears) ?? []);
  for (const { now, then } of pairs) {
    const offset = daysFrom(now, day);
    if (isInside(offset, window)) return addDays(then, offset);
  }
  const sameDate = `${String(year - yearsBack).padStart(4, '0')}${day.slice(4)}`;
  // A 29 February that the year does not have would be read as 1 March.
  if (addDays(sameDate, 0) !== sameDate) return null;
  return pairs.some(({ then }) => isInside(daysFrom(then, sameDate), window)) ? null : sameDate;
}
