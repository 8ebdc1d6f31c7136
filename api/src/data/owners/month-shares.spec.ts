import { sharesOf } from './month-shares.ts';

const LOADED = { firstDay: '2023-01-10', dataThrough: '2024-08-17' };
const daysOf = (month: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, day) => `${month}-${String(from + day).padStart(2, '0')}`);
const shares = (months: string[], partDays: string[]) =>
  Object.fromEntries(sharesOf({ months, partMonths: [], partDays }, LOADED));

test('whole months belong to a period as a whole, and so does all that is loaded of one that is not over', () => {
  expect(shares(['2024-07-01'], daysOf('2024-08', 1, 17))).toEqual({ '2024-07': 1, '2024-08': 1 });
});

test('of the month that it is compared with belong as many of the days as were loaded', () => {
  expect(shares(['2023-07-01'], daysOf('2023-08', 1, 17))).toEqual({ '2023-07': 1, '2023-08': 17 / 31 });
  // The first month begins on the 10th: 22 days of it are known.
  expect(shares([], daysOf('2023-01', 10, 20))).toEqual({ '2023-01': 0.5 });
});
