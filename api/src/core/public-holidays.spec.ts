import { daysThrough } from './calendar.ts';
import { holidayOn, isMakeUpDay, PUBLIC_HOLIDAYS } from './public-holidays.ts';
import { SPRING_FESTIVALS } from './spring-festival.ts';

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
const years = [...PUBLIC_HOLIDAYS];

// Days off and weekend days worked, counted in the notices as amended.
test.each([
  [2019, 24, 7],
  [2020, 30, 6],
  [2021, 31, 7],
  [2022, 31, 7],
  [2023, 27, 7],
  [2024, 28, 8],
  [2025, 28, 5],
  [2026, 33, 6],
])('%i has as many days off and make-up days as its notice says', (year, off, worked) => {
  const { notice = '', runs = [], makeUpDays = [] } = PUBLIC_HOLIDAYS.get(year) ?? {};
  expect(runs.reduce((sum, { from, to }) => sum + daysThrough(from, to), 0)).toBe(off);
  expect(makeUpDays).toHaveLength(worked);
  expect(notice).toMatch(new RegExp(`^国办发明电〔${year - 1}〕\\d+号`));
});

test.each(years)('%i: make-up days are Saturdays and Sundays and no days off', (_, { makeUpDays }) => {
  for (const day of makeUpDays) {
    expect([0, 6]).toContain(weekday(day));
    expect(holidayOn(day)).toBeUndefined();
    expect(isMakeUpDay(day)).toBe(true);
  }
});

test.each(years)(
  '%i: runs follow one another, and hold the day that they are named for',
  (year, { runs }) => {
    for (const { from, to } of runs) expect(daysThrough(from, to)).toBeGreaterThan(0);
    expect(runs.map(({ from }) => from)).toEqual(runs.map(({ from }) => from).sort());
    expect(holidayOn(`${year}-01-01`)).toBe('new-year');
    expect(holidayOn(`${year}-05-01`)).toBe('labour');
    expect(holidayOn(`${year}-10-01`)).toBe('national');
    expect(holidayOn(SPRING_FESTIVALS[year] ?? '')).toBe('spring-festival');
  },
);

test('an ordinary day, and a year that was not announced', () => {
  expect([holidayOn('2024-03-13'), holidayOn('2030-10-01')]).toEqual([undefined, undefined]);
  expect([isMakeUpDay('2024-03-16'), isMakeUpDay('2024-02-18')]).toEqual([false, true]);
});
