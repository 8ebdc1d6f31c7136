import { QUESTIONS, holdsDayByDay } from './api-recovery-kit.ts';
import type {
  BacktestAnswer,
  BreadthAnswer,
  ClockAnswer,
  FestivalAnswer,
  RecoveryAnswer,
  StatesAnswer,
} from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { AREAS } from '../fixtures/rollups/areas.ts';
import { daysBetween, naiveRecovery, ratioOf } from '../fixtures/rollups/naive-recovery.ts';
import { FIRST, BASE, api, ask, near, linesOf } from './api-recovery-kit.ts';

// Each area once, each with another track and measure; all of them: api-recovery.long.spec.ts.
test.each(QUESTIONS.filter((_, index) => index % 4 === 0))(
  'recovery of $query by $measure on $track, day by day',
  holdsDayByDay,
);

test('an area where nothing was sold has zeros, reasons, and no number that would need sales', async () => {
  const answer = await ask<RecoveryAnswer>('/recovery?source=chinese&belt=idle');
  expect(answer.points.every((point) => point.value.value === 0 && point.growth.value === null)).toBe(true);
  expect(new Set(answer.points.slice(12, -1).map(({ growth }) => growth.reason))).toEqual(
    new Set(['baseline-zero']),
  );
  expect(answer).toMatchObject({
    adjustedReason: 'not-positive',
    growth: { value: null, reason: 'baseline-zero' },
    state: { state: 'too-little-data', reason: 'baseline-zero', certainty: null },
    nowcast: { soFar: 0, estimate: { value: null, reason: 'too-little-data' }, low: null, high: null },
    trough: null,
    turningPoints: [],
  });
});

test.each(['orders', 'pieces', 'gmv', 'net-gmv'] as const)(
  'breadth by %s is that of the state, month by month',
  async (measure) => {
    for (const [query] of AREAS.slice(0, 5)) {
      const { points, ...answer } = await ask<BreadthAnswer>(
        `/breadth?source=chinese&measure=${measure}&${query}`,
      );
      expect(answer.measure).toBe(measure);
      for (const { month, breadth } of points.slice(-4)) {
        const path = `/recovery?source=chinese&measure=${measure}&month=${month}&${query}`;
        expect((await ask<RecoveryAnswer>(path)).state.breadth.value).toBe(breadth.value);
      }
    }
  },
);

test.each(['nation', 'province', 'city', 'category', 'belt'])(
  'states of every %s are those of its own page',
  async (level) => {
    for (const month of ['2024-07', '2024-02']) {
      const answer = await ask<StatesAnswer>(`/recovery/states?source=chinese&level=${level}&month=${month}`);
      const sizes = { nation: 1, province: 2, city: 3, category: 3, belt: 5 }[level];
      expect(answer.rows).toHaveLength(sizes ?? 0);
      for (const key of ['areas', 'before'] as const) {
        expect(answer.counts.reduce((sum, count) => sum + (count[key] ?? NaN), 0)).toBe(sizes);
      }
      const probabilities = answer.rows.map(({ now }) => now.probability ?? -1);
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
      for (const row of answer.rows) {
        const [province = '', city = ''] = row.area.id.split('/');
        const query = {
          ...{ nation: '', province: `province=${province}`, city: `province=${province}&city=${city}` },
          ...{ category: `category=${row.area.id}`, belt: `belt=${row.area.id}` },
        }[level];
        const at = month === '2024-07' ? '' : `&month=${month}`;
        const page = await ask<RecoveryAnswer>(`/recovery?source=chinese&${query}${at}`);
        expect([page.month, page.state]).toEqual([month, row.now]);
      }
    }
  },
);

test('the festival’s windows, day by day', async () => {
  const answer = await ask<FestivalAnswer>('/recovery/festival?source=chinese&belt=a&measure=pieces');
  const { sum } = naiveRecovery(
    linesOf((belt) => belt === 'a', 'all'),
    'pieces',
    BASE,
  );
  expect(answer.years.map(({ year, newYear }) => [year, newYear])).toEqual([
    [2020, '2020-01-25'],
    [2021, '2021-02-12'],
    [2022, '2022-02-01'],
    [2023, '2023-01-22'],
    [2024, '2024-02-10'],
  ]);
  const windows = [
    daysBetween('2019-12-08', '2020-03-10'),
    daysBetween('2020-12-26', '2021-03-29'),
    daysBetween('2021-12-15', '2022-03-18'),
    daysBetween('2022-12-05', '2023-03-08'),
    daysBetween('2023-12-24', '2024-03-26'),
  ];
  // Before the first day that was loaded nothing is known, and not compared.
  const isLoaded = (day: string | undefined) => day !== undefined && day >= FIRST;
  answer.years.forEach(({ values, growth }, index) => {
    const days = windows[index] ?? [];
    const before = windows[index - 1] ?? [];
    expect(values).toEqual(days.map((day) => (isLoaded(day) ? sum([day]) : null)));
    const both = days.map((_, offset) => offset).filter((offset) => isLoaded(before[offset]));
    const of = (window: readonly string[]) => sum(both.map((offset) => window[offset] ?? ''));
    const truth = index === 0 ? null : (ratioOf(of(days), of(before)) ?? NaN) - 1;
    expect(near(growth.value, truth)).toBe(true);
  });
});

test('a country without the festival is compared by the calendar, and merges nothing', async () => {
  const answer = await ask<RecoveryAnswer>('/recovery?source=brazilian&belt=a');
  const truth = naiveRecovery(
    linesOf((belt) => belt === 'a', 'all'),
    'gmv',
    BASE,
    false,
  );
  for (const point of answer.points.filter(({ month }) => month >= '2023-01' && month <= '2024-07')) {
    expect(point.merged).toBe(false);
    expect(near(point.growth.value, truth.growth([point.month]))).toBe(true);
    expect(near(point.lunarGrowth.value, truth.lunarGrowth(point.month, 1))).toBe(true);
    // 29 February has no counterpart and is left out; any other month is the same by the calendar.
    if (point.month !== '2024-02') expect(near(point.lunarGrowth.value, point.growth.value)).toBe(true);
  }
  expect(answer.holiday).toBeNull();
  expect((await ask<FestivalAnswer>('/recovery/festival?source=brazilian')).years).toEqual([]);
});

test('a source of under 24 months: no level and no season, by name; its state is told by growth alone', async () => {
  const answer = await ask<RecoveryAnswer>('/recovery?source=young');
  expect(answer).toMatchObject({
    reference: null,
    adjustedReason: 'too-little-data',
    holiday: { coefficient: { value: null, reason: 'too-little-data' } },
    state: { level: { value: null, reason: 'no-base-year' }, growth: { reason: null } },
    trough: null,
    turningPoints: [],
  });
  expect(
    answer.points.every(({ adjusted, trend, level }) =>
      [adjusted, trend, level].every((one) => one.value === null),
    ),
  ).toBe(true);
  const states = await ask<StatesAnswer>('/recovery/states?source=young');
  const withLevel = ['recovered', 'recovering', 'slipping'];
  expect(states.rows.filter(({ now }) => withLevel.includes(now.state))).toEqual([]);
  const clock = await ask<ClockAnswer>('/recovery/clock?source=young');
  expect(clock.areas.flatMap(({ points }) => points).every((point) => point === null)).toBe(true);
});

test('the backtest asks every month that has a year before it', async () => {
  const { days } = await ask<BacktestAnswer>('/nowcast/backtest?source=chinese');
  expect(days.map(({ day, months }) => [day, months > 0 && months <= 43])).toEqual(
    [5, 10, 15, 20, 25].map((day) => [day, true]),
  );
});

test('season and trend as ClickHouse’s documentation of seriesDecomposeSTL gives them', async () => {
  const reader = api.engine.client('reader');
  const series = Array.from({ length: 8 }, () => [10.1, 20.45, 40.34]).flat();
  const parameters = { series: [series, series.map((value) => 2 * value)], period: 3 };
  const [row, twice] = await runQuery(
    reader,
    { source: 'chinese', belts: 'everything' },
    queries.seasonalParts,
    parameters,
  );
  await reader.close();
  expect(row?.seasonal.slice(0, 3).map((value) => Math.round(value * 100) / 100)).toEqual([
    -13.53, -3.18, 16.71,
  ]);
  row?.trend.forEach((value) => expect(value).toBeCloseTo(23.63, 2));
  expect(twice?.seasonal[2]).toBeCloseTo(2 * 16.71, 1);
});
