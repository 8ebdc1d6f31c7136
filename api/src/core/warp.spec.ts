import fc from 'fast-check';
import { addDays, daysThrough, monthsThrough, firstDayOf, lastDayOf } from './calendar.ts';
import { MATCHING_WINDOW } from './lunar.ts';
import { SPRING_FESTIVALS } from './spring-festival.ts';
import { counterpartOf } from './warp.ts';

const newYears = SPRING_FESTIVALS;
const daysOf = (from: string, to: string) =>
  Array.from({ length: daysThrough(from, to) }, (_, index) => addDays(from, index));

test.each([
  ['New Year meets New Year', '2025-01-29', 1, '2024-02-10'],
  ['48 days before', '2024-12-12', 1, '2023-12-24'],
  ['49 days before: the calendar', '2024-12-11', 1, '2023-12-11'],
  ['45 days after', '2025-03-15', 1, '2024-03-26'],
  ['46 days after: its date is in use, so none', '2025-03-16', 1, null],
  ['the last day left over', '2025-03-26', 1, null],
  ['the day after: the calendar', '2025-03-27', 1, '2024-03-27'],
  ['left over before a later New Year', '2023-12-23', 1, null],
  ['the day before the days left over', '2023-12-04', 1, '2022-12-04'],
  ['29 February is a lunar day', '2024-02-29', 1, '2023-02-10'],
  ['29 February, four years back too', '2024-02-29', 4, '2020-02-13'],
  ['a day that meets 29 February', '2025-02-17', 1, '2024-02-29'],
  ['summer', '2025-07-15', 6, '2019-07-15'],
])('%s', (_, day, yearsBack, expected) => expect(counterpartOf(day, yearsBack, newYears)).toBe(expected));

test('without a New Year: the calendar, and 29 February meets another or none', () => {
  expect(counterpartOf('2024-02-10', 1, {})).toBe('2023-02-10');
  expect(counterpartOf('2024-02-29', 1, {})).toBeNull();
  expect(counterpartOf('2024-02-29', 4, {})).toBe('2020-02-29');
  expect(counterpartOf('2011-02-03', 2, newYears)).toBe('2009-02-03');
});

test('29 February lies in the window of every New Year of the table', () => {
  const leapYears = Object.keys(newYears)
    .map(Number)
    .filter((year) => year % 4 === 0);
  for (const year of leapYears) {
    const offset = daysThrough(newYears[year] ?? '', `${year}-02-29`) - 1;
    expect(offset).toBeGreaterThanOrEqual(-MATCHING_WINDOW.before);
    expect(offset).toBeLessThanOrEqual(MATCHING_WINDOW.after);
  }
});

test('over 2010 to 2035 no base day counts twice, order of dates is kept within each stretch, and a day is its own counterpart', () => {
  for (let yearsBack = 0; yearsBack <= 6; yearsBack++) {
    const days = daysOf(`${2011 + yearsBack}-01-01`, '2034-12-31');
    const met = days.flatMap((day) => counterpartOf(day, yearsBack, newYears) ?? []);
    expect(new Set(met).size).toBe(met.length);
    if (yearsBack === 0) expect(met).toEqual(days);
  }
});

/** Days of a New Year that are left over, of the year itself and of the one it is compared with. */
function leftOver(year: number, yearsBack: number) {
  const around = (festival: number) =>
    daysOf(addDays(newYears[festival] ?? '', -110), addDays(newYears[festival] ?? '', 110));
  const met = new Set(
    daysOf(`${year - 2}-07-01`, `${year + 1}-07-01`).map((day) => counterpartOf(day, yearsBack, newYears)),
  );
  return {
    now: around(year).filter((day) => counterpartOf(day, yearsBack, newYears) === null),
    then: around(year - yearsBack).filter((day) => !met.has(day)),
  };
}

test('as many days are left over on one side as on the other, but for a leap day, and a month’s share of a New Year’s shift at most', () => {
  const years = fc.integer({ min: 2017, max: 2033 });
  fc.assert(
    fc.property(years, fc.integer({ min: 1, max: 5 }), (year, yearsBack) => {
      const { now, then } = leftOver(year, yearsBack);
      const isLeap = (one: number) => (one % 4 === 0 ? 1 : 0);
      expect(now.length - then.length).toBe(isLeap(year) - isLeap(year - yearsBack));
      expect(now.length).toBeLessThanOrEqual(31);
    }),
    { numRuns: 60 },
  );
});

test('a business that is what its day of the calendar and its distance from the New Year say, without season between, does not grow in any month', () => {
  const rush = (day: string) => {
    const offsets = Object.values(newYears).map((newYear) => daysThrough(newYear, day) - 1);
    const near = offsets.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least), 1e9);
    if (near < -48 || near > 45) return 1;
    return near < -10 ? 1.25 : near < 13 ? 0.05 : 1.1;
  };
  for (const month of monthsThrough('2022-01', '2026-12')) {
    const days = daysOf(firstDayOf(month), lastDayOf(month)).filter(
      (day) => counterpartOf(day, 1, newYears) !== null,
    );
    const now = days.reduce((sum, day) => sum + rush(day), 0);
    const then = days.reduce((sum, day) => sum + rush(counterpartOf(day, 1, newYears) ?? ''), 0);
    expect(now / then).toBeCloseTo(1, 12);
    expect(days.length).toBeGreaterThanOrEqual(10);
  }
});
