/** On which day reports of a month come out by themselves, and which are to come. */
import { addMonths, type Day, type Month } from '../../core/calendar.ts';

/** How many months ahead are told. */
const AHEAD = 3;

/** The set day of the month after; null where none is set. */
export const dueOn = (month: Month, day: number | undefined): Day | null =>
  day === undefined ? null : `${addMonths(month, 1)}-${String(day).padStart(2, '0')}`;

/** Whether reports of a month may be released by themselves. */
export const isDue = (month: Month, day: number | undefined, today: Day): boolean => {
  const due = dueOn(month, day);
  return due === null || due <= today;
};

/** Months whose reports are to come, the next first: after the last that is published, `letOut` being those that disclosure control has released. */
export function comingMonths(
  {
    published,
    letOut,
    through,
  }: { readonly published: Month | null; readonly letOut: readonly Month[]; readonly through: Month },
  day: number | undefined,
): { readonly month: Month; readonly day: Day | null; readonly isLetOut: boolean }[] {
  const latest = [...letOut].sort().at(-1) ?? null;
  const first = published !== null ? addMonths(published, 1) : (latest ?? through);
  return Array.from({ length: AHEAD }, (_, at) => addMonths(first, at)).map((month) => ({
    month,
    day: dueOn(month, day),
    isLetOut: letOut.includes(month),
  }));
}

/** The day of an instant in the business time zone. */
export const dayIn = (timeZone: string, at: Date): Day =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
