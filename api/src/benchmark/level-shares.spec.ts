/** The recovery level of what is kept by month: planted levels come out whatever the season and wherever the New Year lies. */
import {
  addDays,
  type Day,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
} from '../core/calendar.ts';
import { SPRING_FESTIVALS } from '../core/spring-festival.ts';
import { addQuarters, monthsOfQuarter } from './frozen-quarters.ts';
import { levelsOf } from './level-facts.ts';
import { levelShares, type LevelShares } from './level-shares.ts';

const quartersTo = (from: string, to: string): Set<string> => {
  const all = new Set<string>();
  for (let one = from; one <= to; one = addQuarters(one, 1)) all.add(one);
  return all;
};
const sharesOf = (quarter: string, whole: ReadonlySet<string>): LevelShares => {
  const shares = levelShares(quarter, whole, SPRING_FESTIVALS);
  if (typeof shares === 'string') throw new Error(shares);
  return shares;
};

/** What a business sells in a month that sells so much on each day. */
function soldIn(month: Month, onDay: (day: Day) => number): number {
  const first = firstDayOf(month);
  return Array.from({ length: daysThrough(first, lastDayOf(month)) }, (_, at) =>
    onDay(addDays(first, at)),
  ).reduce((sum, one) => sum + one, 0);
}
function levelOf(quarter: string, whole: ReadonlySet<string>, onDay: (day: Day) => number) {
  const shares = sharesOf(quarter, whole);
  const sums = shares.weights.map((row) =>
    row.reduce(
      (sum, weight, at) => sum + (weight === 0 ? 0 : weight * soldIn(shares.months[at] as Month, onDay)),
      0,
    ),
  );
  return levelsOf([{ owner: 'o', sums, order_sums: sums }], shares).get('o');
}

const ALL = quartersTo('2020-Q1', '2025-Q4');
const seasonOf = (month: Month) =>
  [0.4, 0.3, 1, 1.2, 1.1, 1, 0.9, 1, 1.3, 1.2, 1.5, 1.1][Number(month.slice(5)) - 1] ?? NaN;

test.each([...quartersTo('2021-Q1', '2025-Q4')])(
  '%s of a business that never changes is at 100',
  (quarter) => {
    expect(levelOf(quarter, ALL, () => 1_000)?.level).toBeCloseTo(100, 9);
  },
);

test('a planted level comes out in each quarter, whatever the season', () => {
  const path = (day: Day) => (day < '2024-01-01' ? 1_000 : 700) * seasonOf(monthOf(day));
  for (const quarter of ['2024-Q2', '2024-Q3', '2025-Q2', '2025-Q3']) {
    const level = levelOf(quarter, ALL, path)?.level ?? NaN;
    // Days that lie alike to the New Year are in other months, of another season.
    expect(Math.abs(level - 70)).toBeLessThan(2);
  }
});

test('a standstill that moves with the New Year is no fall: the quarter of it is at the planted level', () => {
  const rests = (day: Day) =>
    Object.values(SPRING_FESTIVALS).some(
      (newYear) => day >= addDays(newYear, -7) && day <= addDays(newYear, 14),
    );
  const level = (quarter: string) =>
    levelOf(quarter, ALL, (day) => (rests(day) ? 0 : day < '2025-01-01' ? 1_000 : 1_200))?.level ?? NaN;
  for (const quarter of ['2022-Q1', '2023-Q1', '2024-Q1'])
    expect(Math.abs(level(quarter) - 100)).toBeLessThan(4);
  expect(Math.abs(level('2025-Q1') - 120)).toBeLessThan(5);
});

test('who has no level is told why', () => {
  expect(levelShares('2020-Q4', quartersTo('2020-Q2', '2021-Q3'), SPRING_FESTIVALS)).toBe('no-base-year');
  expect(levelShares('2021-Q4', quartersTo('2020-Q1', '2021-Q4'), SPRING_FESTIVALS)).toBe(
    'too-few-clean-years',
  );
  expect(typeof levelShares('2023-Q4', quartersTo('2020-Q1', '2023-Q4'), SPRING_FESTIVALS)).toBe('object');
  const late = (day: Day) => (day < '2021-01-01' ? 0 : 1_000);
  expect(levelOf('2024-Q2', ALL, late)).toMatchObject({ level: null, base: 0 });
  expect(
    levelOf('2024-Q2', ALL, (day) => (day.startsWith('2024') || day.startsWith('2020') ? 10 : 0))?.level,
  ).toBeNull();
});

test('of the base year is compared what is not of the quarter itself', () => {
  const of = (...quarters: string[]) => quarters.flatMap(monthsOfQuarter);
  expect(sharesOf('2024-Q2', ALL).first).toEqual(of('2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4'));
  expect(sharesOf('2020-Q3', ALL).first).toEqual(of('2020-Q1', '2020-Q2', '2020-Q4'));
});

test('the quarter counts as a whole, in each clean year', () => {
  const shares = sharesOf('2024-Q3', ALL);
  const months = monthsOfQuarter('2024-Q3');
  for (let row = 0; row < shares.weights.length; row += 4)
    expect(months.map((month) => shares.weights[row]?.[shares.months.indexOf(month)])).toEqual(
      [1, 1, 1].map((one) => expect.closeTo(one, 12)),
    );
  expect(shares.partOfBase).toBeCloseTo(92 / 366, 12);
});
