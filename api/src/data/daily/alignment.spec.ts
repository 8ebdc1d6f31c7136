import fc from 'fast-check';
import { addDays, daysThrough, lastDayOf } from '../../core/calendar.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { inYear, likeDays, newYearsOf, yearsBefore } from './alignment.ts';
import { dayAt, indexOfDay, type DailySeries, LEFT_OUT, NOT_LOADED } from './daily-series.ts';

const days = (firstDay: string, lastDay: string): DailySeries => ({
  firstDay,
  values: new Float64Array(daysThrough(firstDay, lastDay)),
});
const series = days('2022-01-01', '2025-03-10');
/** The day that a day is matched with; null where that is not loaded, undefined where there is none. */
const matchOf = (of: DailySeries, matching: Int32Array, day: string) => {
  const position = matching[indexOfDay(of, day)] ?? -1;
  if (position === LEFT_OUT) return undefined;
  return position === NOT_LOADED ? null : dayAt(of, position);
};

test.each([
  ['the New Year itself', '2024-02-10', '2023-01-22'],
  ['first day of the window', '2023-12-24', '2022-12-05'],
  ['a day left over before it', '2023-12-23', undefined],
  ['the day before those: the calendar', '2023-12-04', '2022-12-04'],
  ['last day of the window', '2024-03-26', '2023-03-08'],
  ['the day after the window: the calendar', '2024-03-28', '2023-03-28'],
  ['December that belongs to the next New Year', '2022-12-28', '2022-01-07'],
  ['a day of summer', '2024-07-31', '2023-07-31'],
  ['not loaded: before the first day', '2022-07-01', null],
])('%s', (_, day, match) => expect(matchOf(series, yearsBefore(series, 1, 'CN'), day)).toBe(match));

test('a nowcast asks for the likest day, which every day has and some share', () => {
  const likest = likeDays(series, 1, 'CN');
  expect(matchOf(series, likest, '2023-12-23')).toBe('2022-12-23');
  expect(matchOf(series, likest, '2024-01-13')).toBe('2022-12-25');
  expect(matchOf(series, likest, '2024-03-24')).toBe('2023-03-24');
  expect(likest.every((match) => match !== LEFT_OUT)).toBe(true);
  expect(likeDays(series, 1, 'BR')[indexOfDay(series, '2024-02-29')]).toBe(indexOfDay(series, '2023-02-28'));
});

test('in the reference year a day is its own counterpart, and its whole year is matched', () => {
  const matching = inYear(series, 2023, 'CN');
  for (let day = '2023-01-01'; day <= '2023-12-31'; day = addDays(day, 1)) {
    expect(matchOf(series, matching, day)).toBe(day);
  }
  expect(matchOf(series, matching, '2025-01-29')).toBe('2023-01-22');
});

test('a level is told against days of the reference year alone, also where that is the first year', () => {
  const matching = inYear(series, 2022, 'CN');
  // 40 days before the New Year, which is in December 2021 before that of 2022.
  expect(matchOf(series, matching, '2024-01-01')).toBeUndefined();
  expect(matchOf(series, matching, '2024-01-10')).toBe('2022-01-01');
  // 29 days before the New Year of 2025, and so before that of 2024: in January 2024.
  expect(matchOf(series, inYear(series, 2023, 'CN'), '2024-12-31')).toBeUndefined();
  const turn = [...matching.slice(indexOfDay(series, '2023-03-01'), indexOfDay(series, '2024-02-29'))];
  const met = turn.filter((match) => match >= 0);
  expect(met.every((match) => dayAt(series, match).startsWith('2022'))).toBe(true);
});

test('a country without the festival is compared by the calendar; 29 February meets none', () => {
  expect(newYearsOf('BR')).toEqual({});
  const matching = yearsBefore(series, 1, 'BR');
  expect(matchOf(series, matching, '2024-02-10')).toBe('2023-02-10');
  expect(matchOf(series, matching, '2024-02-29')).toBeUndefined();
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
  const known = fc.integer({ min: 2014, max: 2033 });
  const offsets = fc.integer({ min: -48, max: 45 });
  const [oneYear, twoYears] = [yearsBefore(long, 1, 'CN'), yearsBefore(long, 2, 'CN')];
  fc.assert(
    fc.property(known, offsets, fc.integer({ min: 1, max: 2 }), (year, offset, years) => {
      const match = matchOf(long, years === 1 ? oneYear : twoYears, addDays(newYear(year), offset));
      expect(match).toBe(addDays(newYear(year - years), offset));
    }),
    { numRuns: 200 },
  );
  oneYear.forEach((match, index) => expect(match).toBeLessThan(index));
  for (const matching of [oneYear, twoYears]) {
    const met = [...matching].filter((match) => match >= 0);
    expect(new Set(met).size).toBe(met.length);
  }
});

test('a running month without a whole year before it has no counterpart', () => {
  const short = days('2024-03-05', '2024-03-20');
  const matching = yearsBefore(short, 1, 'CN');
  expect([...matching]).toEqual(Array(daysThrough('2024-03-05', lastDayOf('2024-03'))).fill(-1));
});
