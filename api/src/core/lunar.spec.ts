import fc from 'fast-check';
import { addDays, daysThrough, monthsThrough } from './calendar.ts';
import { SPRING_FESTIVALS } from './spring-festival.ts';
import { FILLING_WINDOW, holidayShare, matchingDay, monthShare, windowDays } from './lunar.ts';
import { sum } from './vector.ts';

const newYears = SPRING_FESTIVALS;
const year = fc.integer({ min: 2011, max: 2034 });

test.each([
  ['2025-01-29', 2024, '2024-02-10'], // New Year meets New Year
  ['2025-01-01', 2024, '2024-01-13'], // 28 days before
  ['2024-12-31', 2023, '2023-12-31'], // 29 days before: outside
  ['2025-03-12', 2024, '2024-03-23'], // 42 days after
  ['2025-03-13', 2024, '2024-03-13'], // 43 days after: outside
  ['2025-07-15', 2019, '2019-07-15'],
  ['2028-02-29', 2027, '2027-03-12'], // inside: 34 days after
  ['2024-02-29', 2024, '2024-02-29'],
  ['2022-12-25', 2021, '2022-01-04'], // belongs to the New Year of 2023, 28 days before, and so does its counterpart to 2022
  ['2022-12-24', 2021, '2021-12-24'],
])('%s is likest in %s to %s', (day, targetYear, expected) =>
  expect(matchingDay(day, targetYear, newYears)).toBe(expected),
);

test('29 February becomes the 28th where it lies outside the window', () => {
  expect(matchingDay('2028-02-29', 2027, newYears, { before: 4, after: 20 })).toBe('2027-02-28');
});

test('the window of one year is the window of the other, day by day, and back', () => {
  fc.assert(
    fc.property(year, year, fc.integer({ min: -28, max: 42 }), (from, to, offset) => {
      const [source, target] = [addDays(newYears[from] ?? '', offset), addDays(newYears[to] ?? '', offset)];
      const targetYear = Number(source.slice(0, 4)) + to - from;
      expect(matchingDay(source, targetYear, newYears)).toBe(target);
      const back = Number(target.slice(0, 4)) + from - to;
      expect(matchingDay(target, back, newYears)).toBe(source);
    }),
  );
});

test('a day is its own counterpart in its own year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000 }), (days) => {
      const day = addDays('2010-01-01', days);
      expect(matchingDay(day, Number(day.slice(0, 4)), newYears)).toBe(day);
    }),
  );
});

test('a year that the table does not know is refused, not guessed', () => {
  expect(() => matchingDay('2025-02-01', 2009, newYears)).toThrow(RangeError);
  expect(() => matchingDay('2009-02-01', 2010, newYears)).toThrow(RangeError);
  expect(() => holidayShare('2036-01', newYears)).toThrow(RangeError);
});

// Share of New Year − 4 … + 20 days in the month, counted by hand.
test.each([
  ['2023-01', 0.56],
  ['2023-02', 0.44],
  ['2024-01', 0],
  ['2024-02', 0.96],
  ['2024-03', 0.04],
  ['2025-01', 0.28],
  ['2025-02', 0.72],
  ['2026-02', 0.64],
  ['2026-03', 0.36],
])('share of the holiday in %s', (month, expected) =>
  expect(holidayShare(month, newYears)).toBeCloseTo(expected, 12),
);

test('the shares of a year add up to 1', () => {
  fc.assert(
    fc.property(year, (one) => {
      const shares = monthsThrough(`${one}-01`, `${one}-12`).map((month) => holidayShare(month, newYears));
      expect(sum(shares)).toBeCloseTo(1, 12);
    }),
  );
});

test('the part of a month that lies in a window', () => {
  // 10 days before to 12 after 10 February 2024: 31 January to 22 February.
  const window = { before: 10, after: 12 };
  expect(monthShare('2024-01', newYears, window)).toBeCloseTo(1 / 31, 12);
  expect(monthShare('2024-02', newYears, window)).toBeCloseTo(22 / 29, 12);
  expect(monthShare('2024-03', newYears, window)).toBe(0);
});

test('days of a window in a span', () => {
  expect(windowDays('2010-01-01', '2035-12-31', newYears, { before: 4, after: 20 })).toBe(26 * 25);
  const { before, after } = FILLING_WINDOW;
  expect(windowDays('2024-01-01', '2024-12-31', newYears, FILLING_WINDOW)).toBe(before + after + 1);
  expect(daysThrough('2024-01-13', '2024-03-23')).toBe(before + after + 1);
});
