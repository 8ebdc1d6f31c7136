import fc from 'fast-check';
import { addDays, daysThrough, lastDayOf } from '../../core/calendar.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { inYear, newYearsOf, yearsBefore } from './alignment.ts';
import { dayAt, indexOfDay, type DailySeries } from './daily-series.ts';

const days = (firstDay: string, lastDay: string): DailySeries => ({
  firstDay,
  values: new Float64Array(daysThrough(firstDay, lastDay)),
});
const series = days('2022-01-01', '2025-03-10');
/** The day that a day is matched with; null where that is not loaded. */
const matchOf = (of: DailySeries, matching: Int32Array, day: string) => {
  const position = matching[indexOfDay(of, day)] ?? -1;
  return position < 0 ? null : dayAt(of, position);
};

test.each([
  ['the New Year itself', '2024-02-10', '2023-01-22'],
  ['its eve', '2024-02-09', '2023-01-21'],
  ['first day of the window', '2024-01-13', '2022-12-25'],
  ['the day before the window: the calendar', '2024-01-12', '2023-01-12'],
  ['last day of the window', '2024-03-23', '2023-03-05'],
  ['the day after the window: the calendar', '2024-03-24', '2023-03-24'],
  ['December that belongs to the next New Year', '2022-12-28', '2022-01-07'],
  ['29 February inside the window', '2024-02-29', '2023-02-10'],
  ['a day of summer', '2024-07-31', '2023-07-31'],
  ['not loaded: before the first day', '2022-07-01', null],
])('%s', (_, day, match) => expect(matchOf(series, yearsBefore(series, 1, 'CN'), day)).toBe(match));

test('in the reference year a day is its own counterpart, and its whole year is matched', () => {
  const matching = inYear(series, 2023, 'CN');
  for (let day = '2023-01-01'; day <= '2023-12-31'; day = addDays(day, 1)) {
    expect(matchOf(series, matching, day)).toBe(day);
  }
  expect(matchOf(series, matching, '2025-01-29')).toBe('2023-01-22');
});

test('a country without the festival is compared by the calendar; 29 February meets the 28th', () => {
  expect(newYearsOf('BR')).toEqual({});
  const matching = yearsBefore(series, 1, 'BR');
  expect(matchOf(series, matching, '2024-02-10')).toBe('2023-02-10');
  expect(matchOf(series, matching, '2024-02-29')).toBe('2023-02-28');
  expect(matchOf(series, yearsBefore(series, 2, 'BR'), '2025-03-01')).toBe('2023-03-01');
});

test('the days of the running month that are still to come are matched already', () => {
  const matching = yearsBefore(series, 1, 'CN');
  expect(matching).toHaveLength(daysThrough('2022-01-01', '2025-03-31'));
  expect(matchOf(series, matching, '2025-03-31')).toBe('2024-03-31');
});

test('years outside the table of New Years are compared by the calendar, without an error', () => {
  const early = days('2008-01-01', '2011-12-31');
  expect(matchOf(early, yearsBefore(early, 1, 'CN'), '2010-02-14')).toBe('2009-02-14');
  expect(matchOf(early, yearsBefore(early, 1, 'CN'), '2011-02-03')).toBe('2010-02-14');
  const late = days('2034-01-01', '2036-12-31');
  expect(matchOf(late, yearsBefore(late, 1, 'CN'), '2035-02-08')).toBe('2034-02-19');
  expect(matchOf(late, yearsBefore(late, 1, 'CN'), '2036-02-08')).toBe('2035-02-08');
});

const newYear = (year: number) => SPRING_FESTIVALS[year] ?? '';
test('every day of every window lies as far from its New Year as its counterpart; nothing is matched with the future', () => {
  const long = days('2011-01-01', '2034-12-31');
  const known = fc.integer({ min: 2013, max: 2033 });
  const offsets = fc.integer({ min: -28, max: 42 });
  const [oneYear, twoYears] = [yearsBefore(long, 1, 'CN'), yearsBefore(long, 2, 'CN')];
  fc.assert(
    fc.property(known, offsets, fc.integer({ min: 1, max: 2 }), (year, offset, years) => {
      const match = matchOf(long, years === 1 ? oneYear : twoYears, addDays(newYear(year), offset));
      expect(match).toBe(addDays(newYear(year - years), offset));
    }),
    { numRuns: 200 },
  );
  oneYear.forEach((match, index) => expect(match).toBeLessThan(index));
});

test('a running month without a whole year before it has no counterpart', () => {
  const short = days('2024-03-05', '2024-03-20');
  const matching = yearsBefore(short, 1, 'CN');
  expect([...matching]).toEqual(Array(daysThrough('2024-03-05', lastDayOf('2024-03'))).fill(-1));
});
