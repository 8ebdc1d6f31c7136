import type { SeriesPoint } from '@beltline/contract';
import { known, wholeness } from './brief-figure.ts';
import { growthOf } from './ratio.ts';
import { mergeFestivalMonths, withPartners } from './merged-months.ts';

const point = (day: string, value: number | null, yearAgo: number | null, coverage = 1): SeriesPoint => ({
  day,
  coverage,
  value: known(value, 'no-data', wholeness(coverage < 1)),
  yearAgo: known(yearAgo, 'no-baseline'),
  growth: known(growthOf(value, yearAgo), 'no-baseline'),
  merged: false,
});
/** Enough orders in every month a year before. */
const wide = { ordersOf: () => 30, minBase: 30 };
const growth = (points: SeriesPoint[]) =>
  mergeFestivalMonths(points, wide).map(({ growth, merged }) => [growth.value, growth.reason, merged]);

test('January and February share the growth of both; other months keep their own', () => {
  const points = [point('2024-01-01', 150, 50), point('2024-02-01', 30, 110), point('2024-03-01', 120, 100)];
  expect(growth(points)).toEqual([
    [0.125, null, true],
    [0.125, null, true],
    [expect.closeTo(0.2), null, false],
  ]);
});

test('nothing before February is complete, nor without both months of the year before', () => {
  const january = point('2025-01-01', 90, 150);
  expect(growth([january])).toEqual([[null, 'other-month-incomplete', false]]);
  expect(growth([january, point('2025-02-01', 20, 30, 10 / 28)])).toEqual([
    [null, 'other-month-incomplete', false],
    [null, 'incomplete-period', false],
  ]);
  expect(growth([january, point('2025-02-01', 20, null)])[0]).toEqual([null, 'no-baseline', false]);
  expect(growth([point('2025-01-01', 1, 0), point('2025-02-01', 2, 0)])[0]).toEqual([
    null,
    'baseline-zero',
    false,
  ]);
});

test('the base of a shared growth is that of both months, and none is small where there is no growth', () => {
  const january = point('2024-01-01', 150, 50);
  const small = { ...january, growth: { ...january.growth, flag: 'base-too-small' as const } };
  const points = [small, point('2024-02-01', 30, 110)];
  const flags = (orders: Record<string, number>, of: SeriesPoint[] = points) =>
    mergeFestivalMonths(of, { ordersOf: (month) => orders[month] ?? 0, minBase: 30 }).map(
      ({ value, growth }) => `${value.flag} ${growth.flag}`,
    );
  expect(flags({ '2023-01': 10, '2023-02': 20 })).toEqual(['final final', 'final final']);
  expect(flags({ '2023-01': 10, '2023-02': 19 })).toEqual(['final base-too-small', 'final base-too-small']);
  expect(flags({ '2023-01': 10 }, points.slice(0, 1))).toEqual(['final not-available']);
  const half = point('2024-02-01', 30, 110, 0.5);
  expect(flags({ '2023-01': 10 }, [...points.slice(0, 1), half])).toEqual([
    'final not-available',
    'provisional not-available',
  ]);
});

test('a month without a value stays as it is', () => {
  const gap = point('2022-01-01', null, null);
  expect(mergeFestivalMonths([gap], wide)).toEqual([gap]);
});

test('a question that ends between the two reads the other month too', () => {
  expect(withPartners({ from: '2024-02', to: '2025-01' })).toEqual({ from: '2024-01', to: '2025-02' });
  expect(withPartners({ from: '2024-01', to: '2025-02' })).toEqual({ from: '2024-01', to: '2025-02' });
});
