import { festivalDays, isFestivalShifted, SPRING_FESTIVALS } from './spring-festival.ts';
import { PUBLISHED_NEW_YEARS } from '../statistics/published/new-years.ts';
import { lastDayOf } from './calendar.ts';
import type { Period } from '@beltline/contract';

const months = (from: string, to: string): Period => ({
  from,
  to,
  firstDay: `${from}-01`,
  lastDay: lastDayOf(to),
  coverage: 1,
  complete: true,
  without: [],
});

test('the table covers every year from 2010 to 2035, between 21 January and 20 February', () => {
  expect(Object.keys(SPRING_FESTIVALS).map(Number)).toEqual(
    Array.from({ length: 26 }, (_, index) => 2010 + index),
  );
  for (const [year, day] of Object.entries(SPRING_FESTIVALS)) {
    expect(day).toBe(PUBLISHED_NEW_YEARS[Number(year)]);
    expect(day >= `${year}-01-21` && day <= `${year}-02-20`).toBe(true);
  }
  expect(SPRING_FESTIVALS[2027]).toBe('2027-02-06'); // the calendar of Intl says the 7th
});

test('two New Years are 12 or 13 lunar months apart', () => {
  const days = Object.values(SPRING_FESTIVALS).map((day) => Date.parse(day) / 86_400_000);
  days.slice(1).forEach((day, index) => {
    expect([353, 354, 355, 383, 384, 385]).toContain(day - (days[index] ?? 0));
  });
});

test('days of the window in a period', () => {
  expect(festivalDays(months('2023-01', '2023-01'))).toBe(14); // 18…31 January
  expect(festivalDays(months('2023-01', '2023-12'))).toBe(25);
  expect(festivalDays(months('2023-06', '2023-08'))).toBe(0);
});

test.each([
  ['2023-01', '2023-01', '2022-01', true], // 14 days against 4
  ['2024-01', '2024-01', '2023-01', true],
  ['2023-01', '2023-02', '2022-01', false],
  ['2024-01', '2024-02', '2023-01', false], // 24 days against 25
  ['2026-01', '2026-02', '2025-01', true], // a New Year on 17 February reaches far into March
  ['2024-01', '2024-12', '2023-01', false],
  ['2024-06', '2024-06', '2023-06', false],
])('%s…%s against %s…: %s', (from, to, baseFrom, expected) => {
  const baseTo = `${Number(to.slice(0, 4)) - 1}${to.slice(4)}`;
  expect(isFestivalShifted(months(from, to), months(baseFrom, baseTo))).toBe(expected);
});
