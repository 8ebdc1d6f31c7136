import { partMonthsOf } from '../../core/period.ts';
import { dayPoints, monthBuckets, monthPoints } from './series-points.ts';

const LOADED = { firstDay: '2022-12-15', dataThrough: '2024-02-10' };
const final = (value: number) => ({ value, flag: 'final', reason: null });
const none = (reason: string) => ({ value: null, flag: 'not-available', reason });
const found = (value: number, orders = 10_000) => ({ value, orders });

test('an incomplete month is compared with its own days of a year ago', () => {
  const days = { bucket: '2024-02-01', firstDay: '2023-02-01', lastDay: '2023-02-10' };
  expect(partMonthsOf(LOADED)).toEqual([days]);
  expect(partMonthsOf({ ...LOADED, dataThrough: '2024-02-29' })).toEqual([]);
  const whole = new Map([
    ['2024-02-01', found(300)],
    ['2023-02-01', found(900)],
  ]);
  const points = monthPoints(
    monthBuckets({ from: '2024-02', to: '2024-02', measure: 'gmv' }, LOADED),
    { whole, clipped: new Map([['2024-02-01', found(200)]]) },
    30,
  );
  expect(points).toEqual([
    {
      day: '2024-02-01',
      coverage: 10 / 29,
      value: { value: 3, flag: 'provisional', reason: null },
      yearAgo: final(2),
      growth: { value: 0.5, flag: 'provisional', reason: null },
      merged: false,
    },
  ]);
});

test('so are the months beside a gap, and their days outside are gaps', () => {
  const edges = [
    { month: '2023-12', firstDay: '2023-12-01', lastDay: '2023-12-12' },
    { month: '2024-02', firstDay: '2024-02-05', lastDay: '2024-02-29' },
  ];
  const loaded = { firstDay: '2022-01-01', dataThrough: '2024-04-30', notLoaded: ['2024-01'], edges };
  const asked = { from: '2023-11', to: '2024-03', measure: 'gmv' } as const;
  expect(partMonthsOf(loaded)).toEqual([
    { bucket: '2023-12-01', firstDay: '2022-12-01', lastDay: '2022-12-12' },
    { bucket: '2024-02-01', firstDay: '2023-02-05', lastDay: '2023-02-28' },
  ]);
  const days = dayPoints(asked, new Map(), loaded, 30).filter(({ value }) => value.value === null);
  expect([days[0]?.day, days.at(-1)?.day, days.length]).toEqual(['2023-12-13', '2024-02-04', 19 + 31 + 4]);
  expect(days.every(({ value }) => value.reason === 'not-loaded')).toBe(true);
});

test('months: not loaded, begun late, complete and empty', () => {
  const points = monthPoints(
    monthBuckets({ from: '2022-11', to: '2023-12', measure: 'gmv' }, LOADED),
    { whole: new Map(), clipped: new Map() },
    30,
  );
  expect(points[0]).toMatchObject({ value: none('no-data'), coverage: 0 });
  expect(points[1]).toMatchObject({
    value: { value: 0, flag: 'provisional', reason: null },
    yearAgo: none('no-baseline'),
    growth: none('no-baseline'),
    coverage: 17 / 31,
  });
  expect(points[2]).toMatchObject({ value: final(0), coverage: 1 });
  expect(points[13]).toMatchObject({
    value: final(0),
    yearAgo: none('no-baseline'),
    growth: none('no-baseline'),
  }); // December 2022 is not wholly loaded
});

test('a small base is marked on the point', () => {
  const whole = new Map([
    ['2024-01-01', found(300)],
    ['2023-01-01', found(100, 2_900)],
  ]);
  const [point] = monthPoints(
    monthBuckets({ from: '2024-01', to: '2024-01', measure: 'gmv' }, LOADED),
    { whole, clipped: new Map() },
    30,
  );
  expect(point).toMatchObject({ value: final(3), growth: { value: 2, flag: 'base-too-small' } });
});

test('merchants of an incomplete month are not known, nor is their baseline', () => {
  const [point] = monthPoints(
    monthBuckets({ from: '2024-02', to: '2024-02', measure: 'merchants' }, LOADED),
    { whole: new Map([['2024-02-01', found(300)]]), clipped: new Map([['2024-02-01', found(200)]]) },
    30,
  );
  expect(point).toMatchObject({
    value: none('part-month'),
    yearAgo: none('part-month'),
    growth: none('part-month'),
  });
});

test('days are whole; outside the data they are gaps', () => {
  const rows = new Map([
    ['2024-02-10', found(300)],
    ['2023-02-10', found(600)],
  ]);
  const points = dayPoints({ from: '2024-02', to: '2024-02' }, rows, LOADED, 30);
  expect(points).toHaveLength(29);
  expect(points[9]).toMatchObject({
    day: '2024-02-10',
    value: final(3),
    yearAgo: final(6),
    growth: final(-0.5),
    coverage: 1,
  });
  expect(points[10]).toMatchObject({ value: none('no-data'), yearAgo: none('no-data'), coverage: 0 });
  expect(points[0]).toMatchObject({ value: final(0), yearAgo: final(0), growth: none('baseline-zero') });
});
