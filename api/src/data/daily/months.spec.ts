import fc from 'fast-check';
import { addDays, daysThrough, monthOf } from '../../core/calendar.ts';
import { type DailySeries, dayAt, isLoadedAt } from './daily-series.ts';
import {
  completeSums,
  firstCompleteYear,
  hasNotLoaded,
  lastComplete,
  monthDays,
  windowTo,
} from './months.ts';

const ones = (firstDay: string, lastDay: string): DailySeries => ({
  firstDay,
  values: new Float64Array(daysThrough(firstDay, lastDay)).fill(1),
});

test('first and last month may be covered in part; their sums are not known', () => {
  const series = ones('2024-01-10', '2024-03-15');
  const months = monthDays(series);
  expect(months).toEqual([
    { month: '2024-01', from: 0, to: 21, coverage: 22 / 31 },
    { month: '2024-02', from: 22, to: 50, coverage: 1 },
    { month: '2024-03', from: 51, to: 65, coverage: 15 / 31 },
  ]);
  expect(completeSums(series, months)).toEqual([null, 29, null]);
  expect(lastComplete(months)?.month).toBe('2024-02');
});

test('within one month', () => {
  const months = monthDays(ones('2024-02-10', '2024-02-10'));
  expect(months).toEqual([{ month: '2024-02', from: 0, to: 0, coverage: 1 / 29 }]);
  expect(lastComplete(months)).toBeUndefined();
  expect(monthDays(ones('2024-02-01', '2024-02-29'))[0]?.coverage).toBe(1);
});

test('a window holds complete months only: half a month is never mixed with whole ones', () => {
  const months = monthDays(ones('2023-11-02', '2024-03-30'));
  expect(windowTo(months, '2024-02', 3)).toEqual({ from: 29, to: 29 + 31 + 31 + 29 - 1 });
  expect(windowTo(months, '2024-03', 3)).toBeNull(); // the 31st of March is missing
  expect(windowTo(months, '2024-01', 3)).toBeNull(); // the 1st of November is missing
  expect(windowTo(months, '2024-09', 1)).toBeNull();
  expect(windowTo(months, '2024-02', 1)).toEqual({ from: 91, to: 119 });
});

test('months beside one that was never loaded are covered in part, and no window looks across', () => {
  const edges = [
    { month: '2024-02', firstDay: '2024-02-01', lastDay: '2024-02-12' },
    { month: '2024-04', firstDay: '2024-04-05', lastDay: '2024-04-30' },
  ];
  const series = { ...ones('2024-01-01', '2024-06-10'), notLoaded: ['2024-03'], edges };
  const months = monthDays(series);
  expect(months.slice(1, 4)).toEqual([
    { month: '2024-02', from: 31, to: 42, coverage: 12 / 29, isEdge: true },
    { month: '2024-03', from: 60, to: 90, coverage: 0 },
    { month: '2024-04', from: 95, to: 120, coverage: 26 / 30, isEdge: true },
  ]);
  expect(completeSums(series, months)).toEqual([31, null, null, null, 31, null]);
  expect(windowTo(months, '2024-05', 2)).toBeNull();
  // It is the gap that keeps it from being told, not the end of the data.
  expect(['2024-02', '2024-05', '2024-06'].map((month) => hasNotLoaded(months, month, 2))).toEqual([
    true,
    true,
    false,
  ]);
  for (const [index, isKnown] of [
    [42, true],
    [43, false],
    [94, false],
    [95, true],
  ] as const) {
    expect([index, isLoadedAt(series, index)]).toEqual([index, isKnown]);
  }
});

test.each([
  ['2022-01-01', '2023-03-31', 2022],
  ['2022-01-02', '2023-12-31', 2023],
  ['2022-01-02', '2023-12-30', null],
  ['2022-07-01', '2023-06-30', null], // twelve months, but no calendar year
  ['2021-12-31', '2022-12-31', 2022],
])('the first complete calendar year of %s to %s is %s', (firstDay, lastDay, year) =>
  expect(firstCompleteYear(monthDays(ones(firstDay, lastDay)))).toBe(year),
);

test('months split the days without gap or overlap, and each day is in its month', () => {
  const lengths = fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 1500 }));
  fc.assert(
    fc.property(lengths, ([start, length]) => {
      const firstDay = addDays('2019-06-15', start);
      const series = ones(firstDay, addDays(firstDay, length));
      const months = monthDays(series);
      let next = 0;
      for (const { month, from, to, coverage } of months) {
        expect(from).toBe(next);
        expect([monthOf(dayAt(series, from)), monthOf(dayAt(series, to))]).toEqual([month, month]);
        expect(coverage).toBeGreaterThan(0);
        next = to + 1;
      }
      expect(next).toBe(length + 1);
      expect(months.slice(1, -1).every(({ coverage }) => coverage === 1)).toBe(true);
    }),
  );
});
