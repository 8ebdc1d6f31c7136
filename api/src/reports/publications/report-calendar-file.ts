/** Days on which reports are to come as iCalendar (RFC 5545), of all-day events whose ids stay: a day that moves moves its event. */
import { createHash } from 'node:crypto';
import type { CalendarAnswer, ReportLanguage } from '@beltline/contract';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { monthText } from '../documents/report-names.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';

const HOURS_12 = 12 * 3_600;
/** A calendar has one component at least (RFC 5545, 3.6), and whoever subscribed before a day is set is not to lose it: a zone alone is none that anybody sees. */
const ZONE = [
  ...['BEGIN:VTIMEZONE', 'TZID:UTC', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
  ...['TZOFFSETFROM:+0000', 'TZOFFSETTO:+0000', 'TZNAME:UTC', 'END:STANDARD', 'END:VTIMEZONE'],
].join('\r\n');

/** Months whose day is not set are not in it. `origin`: by which the reader reached it. `now`: when it is made. */
export function calendarFileOf(
  coming: CalendarAnswer['coming'],
  { language, origin, now = new Date() }: { language: ReportLanguage; origin: string; now?: Date },
): string {
  const words = REPORT_WORDS[language];
  const calendar = ical({
    ...{ name: words.calendar.title, method: ICalCalendarMethod.PUBLISH, ttl: HOURS_12 },
    prodId: { company: 'Beltline', product: 'reports', language: language.toUpperCase() },
    url: `${origin}/reports`,
  });
  for (const { source, sourceName, month, day } of coming) {
    if (day === null) continue;
    const said = { month: monthText(month, words.locale), source: sourceName[language] };
    calendar.createEvent({
      id: `${idOf(source, month)}@${new URL(origin).hostname}`,
      ...{ start: new Date(`${day}T00:00:00Z`), allDay: true, timezone: null, stamp: now },
      summary: filled(words.calendar.event, said),
      description: filled(words.calendar.text, said),
      url: `${origin}/reports?month=${month}`,
      // Nobody is busy on that day by it.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  if (calendar.length() === 0) calendar.timezone({ name: 'UTC', generator: () => ZONE });
  return calendar.toString();
}

/** Nothing of a source's name, which may hold what an id must not. */
const idOf = (source: string, month: string): string =>
  createHash('sha256').update(`calendar ${source} ${month}`).digest('hex').slice(0, 32);
