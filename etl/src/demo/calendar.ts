/**
 * The demo's calendar. Days count from 2021-01-01 (day 0), times are seconds since that midnight, all in local
 * Asia/Shanghai time, which has no daylight saving: no time zone arithmetic is needed anywhere in the generator.
 */
const MS_PER_DAY = 86_400_000;
const EPOCH_MS = Date.UTC(2021, 0, 1);

export const SECONDS_PER_DAY = 86_400;
/** A whole year before the fall of 2022, for every level to be told against. */
export const FIRST_YEAR = 2021;
/** 2021 to 2024 and the beginning of 2025. */
export const YEARS = 5;
/** 2021-01 … 2025-02, the last one incomplete. */
export const MONTHS = 50;

/** Day number of a calendar date; month is 1–12. */
export function dayOf(year: number, month: number, day: number): number {
  return Math.round((Date.UTC(year, month - 1, day) - EPOCH_MS) / MS_PER_DAY);
}

/** First day of each month, and one more entry: the first day after the last, incomplete one (2025-02-11). */
export const MONTH_START: readonly number[] = Array.from({ length: MONTHS + 1 }, (_, month) =>
  month === MONTHS ? dayOf(2025, 2, 11) : dayOf(FIRST_YEAR, month + 1, 1),
);

/** Days of the period, 2021-01-01 to 2025-02-10 inclusive. */
export const DAYS = MONTH_START[MONTHS]!;

/** The New Years of the period. */
export const SPRING_FESTIVALS: readonly number[] = [
  dayOf(2021, 2, 12),
  dayOf(2022, 2, 1),
  dayOf(2023, 1, 22),
  dayOf(2024, 2, 10),
  dayOf(2025, 1, 29),
];

/** Month index (0 = 2021-01) of each day. */
export const MONTH_OF_DAY: Uint8Array = Uint8Array.from({ length: DAYS }, (_, day) => {
  let month = 0;
  while (MONTH_START[month + 1]! <= day) month++;
  return month;
});

/** Year index (0 = 2021) of a month index. */
export function yearOfMonth(month: number): number {
  return Math.floor(month / 12);
}

/** Month index of a month of the calendar; month is 1–12. */
export function monthIndex(year: number, month: number): number {
  return (year - FIRST_YEAR) * 12 + month - 1;
}

/** `2021-01` for month 0. */
export function monthLabel(month: number): string {
  return `${FIRST_YEAR + yearOfMonth(month)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** `2021-01-01` for day 0; works for days before the period too. */
export function dateLabel(day: number): string {
  return new Date(EPOCH_MS + day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Day of the week, 0 = Sunday. */
export function weekday(day: number): number {
  return new Date(EPOCH_MS + day * MS_PER_DAY).getUTCDay();
}

/** Days to the nearest Spring Festival: negative before it. */
export function daysFromFestival(day: number): number {
  return SPRING_FESTIVALS.map((festival) => day - festival).reduce((near, offset) =>
    Math.abs(offset) < Math.abs(near) ? offset : near,
  );
}

/** Days around a New Year that are compared with the same lunar days of another year, both ends counted. */
const LUNAR_WINDOW = { before: 48, after: 45 };

/**
 * The day some years earlier that a day is compared with: about the New Year the same lunar day, else the same date. For the days
 * to January 2025, of which none is left over without a counterpart.
 */
export function matchingDay(day: number, yearsBack: number): number {
  const offset = daysFromFestival(day);
  if (offset >= -LUNAR_WINDOW.before && offset <= LUNAR_WINDOW.after)
    return SPRING_FESTIVALS[SPRING_FESTIVALS.indexOf(day - offset) - yearsBack]! + offset;
  const month = MONTH_OF_DAY[day]!;
  return MONTH_START[month - 12 * yearsBack]! + day - MONTH_START[month]!;
}

/** When the newest export was taken, 2025-02-11 02:00: nothing in any file happened later. */
export const LAST_EXPORT = DAYS * SECONDS_PER_DAY + 2 * 3600;

/**
 * When the file of a month was exported: at 02:00 on the 11th of the following month, when nearly all its orders
 * have been delivered. The last two files were both exported on 2025-02-11.
 */
export function exportTime(month: number): number {
  const day = dayOf(FIRST_YEAR, month + 2, 11);
  return Math.min(LAST_EXPORT, day * SECONDS_PER_DAY + 2 * 3600);
}

/** The file that carries a change made at a time: the first one exported after it. */
export function fileOfChange(time: number, from: number): number {
  let file = from;
  while (file < MONTHS - 1 && time > exportTime(file)) file++;
  return file;
}
