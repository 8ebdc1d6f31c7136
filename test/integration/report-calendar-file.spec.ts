/** The calendar of coming reports as iCalendar, read back by code that did not write it, and held against RFC 5545's own rules of lines. */
import { calendarFileOf } from '@beltline/api/reports/publications/report-calendar-file.js';
import ICAL from 'ical.js';

const SOURCE = { zh: '来源；一,二\\三', en: 'Source; one, two\\three\r\nBEGIN:VALARM' };
const coming = [
  { source: 'demo', sourceName: SOURCE, month: '2024-12', day: '2025-01-05', isLetOut: false },
  { source: 'demo', sourceName: SOURCE, month: '2025-01', day: '2025-02-05', isLetOut: false },
  { source: 'other', sourceName: SOURCE, month: '2024-12', day: null, isLetOut: true },
];
const made = (language: 'zh' | 'en', of = coming) =>
  calendarFileOf(of, { language, origin: 'https://belts.example', now: new Date('2024-12-01T00:00:00Z') });
const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));

test.each(['zh', 'en'] as const)(
  'each day is an event of a whole day, and nothing is one without a day (%s)',
  (language) => {
    const text = made(language);
    const events = eventsIn(text);
    expect(events.map(({ startDate }) => [startDate.toString(), startDate.isDate])).toEqual([
      ['2025-01-05', true],
      ['2025-02-05', true],
    ]);
    const [first] = events;
    expect(first?.summary).toContain(language === 'zh' ? '2024年12月' : 'December 2024');
    // Names stay text, whatever they hold.
    expect(first?.summary).toContain(language === 'zh' ? '来源；一,二\\三' : 'Source; one, two\\three');
    expect(first?.component.getAllSubcomponents()).toEqual([]);
    expect(first?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  },
);

test('lines end and are folded as RFC 5545 has it', () => {
  const text = made('zh');
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\n\r]/);
  }
  for (const field of ['UID:', 'DTSTAMP:', 'DTSTART;VALUE=DATE:']) expect(text.split(field)).toHaveLength(3);
});

test('before a day is set it is a calendar all the same: of one component, and without an event', () => {
  for (const of of [[], coming.slice(2)]) {
    const text = made('en', of);
    const [, , components] = ICAL.parse(text) as unknown as [string, unknown, [string, ...unknown[]][]];
    expect(components.map(([name]) => name)).toEqual(['vtimezone']);
    expect(eventsIn(text)).toEqual([]);
    expect(text.split('\r\n').every((line) => !/[\n\r]/.test(line))).toBe(true);
  }
  expect(made('en')).not.toContain('VTIMEZONE');
});

test('a day that moves moves its event, and no other', () => {
  const [first, second] = coming;
  const moved = made('zh', [
    { ...(first as (typeof coming)[number]), day: '2025-01-08' },
    second as (typeof coming)[number],
  ]);
  expect(eventsIn(moved).map(({ uid }) => uid)).toEqual(eventsIn(made('en')).map(({ uid }) => uid));
  expect(new Set(eventsIn(moved).map(({ uid }) => uid)).size).toBe(2);
});
