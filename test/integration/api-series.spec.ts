import type { ContributionsAnswer, LineageAnswer, Problem, SeriesAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Expectations are worked out by hand from the eight orders of the golden lines. */
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '2' } });
  await seedVersion(api.loader, GOLDEN);
});
afterAll(() => api?.close());

describe('contributions', () => {
  test('by belt, with what belongs to none', async () => {
    const { body } = await api.get<ContributionsAnswer>('/contributions?by=belt&from=2024-01&to=2024-02');
    expect(body.parts.map((part) => [part.kind, part.belt?.beltId ?? null, part.change.value])).toEqual([
      ['belt', 'ke', 49.6],
      ['belt', 'yi', 25.35],
      ['unassigned', null, 500],
    ]);
    expect(body.total.change.value).toBe(574.95);
  });

  test('an order in two belts is taken away once', async () => {
    const { body } = await api.get<ContributionsAnswer>(
      '/contributions?by=belt&measure=orders&from=2024-01&to=2024-02&limit=1',
    );
    expect(
      body.parts.map((part) => [part.kind, part.value.value, part.baseline.value, part.members]),
    ).toEqual([
      ['belt', 2, 1, 1],
      ['rest', 2, 2, 1],
      ['unassigned', 1, 0, 1],
      ['spanning', -1, 0, 1],
    ]);
  });

  test('by exclusive combination: the order of two tracks is a part of its own', async () => {
    const { body } = await api.get<ContributionsAnswer>(
      '/contributions?by=combination&measure=orders&from=2024-02&to=2024-02',
    );
    const parts = body.parts.map(
      (part) => [part.combination, part.value.value, part.baseline.value] as const,
    );
    expect(parts).toEqual([
      [['cross-border'], 1, 0],
      [['distribution', 'custom'], 1, 0],
      [['distribution'], 1, 1],
      [['custom'], 0, 1],
    ]);
    expect(told(body.total)).toMatchObject({ value: 3, baseline: 2 });
  });

  test('without a baseline there is nothing to split', async () => {
    const { body } = await api.get<ContributionsAnswer>('/contributions?by=belt&from=2023-02&to=2023-02');
    expect(body).toMatchObject({
      parts: [],
      total: { value: { value: 230.5 }, growth: { value: null, reason: 'no-baseline' } },
    });
  });
});

describe('series', () => {
  test('by month: gaps are null, loaded months without sales are 0', async () => {
    const { body } = await api.get<SeriesAnswer>('/series?from=2022-12&to=2024-04&tracks=all,custom');
    const points = new Map(body.lines[0]?.points.map((point) => [point.day, told(point)]));
    expect(points.get('2022-12-01')).toEqual({
      day: '2022-12-01',
      value: null,
      yearAgo: null,
      growth: null,
      flag: 'not-available',
      rate: 'not-available',
      reason: 'no-data',
      coverage: 0,
      merged: false,
    });
    expect(points.get('2023-06-01')).toMatchObject({
      value: 0,
      yearAgo: null,
      reason: 'no-baseline',
      coverage: 1,
    });
    expect(points.get('2024-02-01')).toMatchObject({ value: 855.35, yearAgo: 230.5, flag: 'final' });
    expect(points.get('2024-03-01')).toMatchObject({
      value: 10,
      yearAgo: 0,
      flag: 'provisional',
      coverage: 10 / 31,
    });
    expect(points.get('2024-04-01')).toMatchObject({ value: null, reason: 'no-data' });
    expect(body.lines.map((line) => line.track)).toEqual(['all', 'custom']);
    expect(body.lines[1]?.points.find((point) => point.day === '2024-02-01')).toMatchObject({
      value: { value: 300 },
      yearAgo: { value: 200.5 },
    });
  });

  test('merchants of an incomplete month are not known', async () => {
    const { body } = await api.get<SeriesAnswer>('/series?from=2024-02&to=2024-03&measure=merchants');
    expect(body.lines[0]?.points.map(told)).toMatchObject([
      { value: 3, yearAgo: 2 },
      { value: null, reason: 'part-month', flag: 'not-available' },
    ]);
  });

  test('by day, 29 February against the 28th', async () => {
    const { body } = await api.get<SeriesAnswer>(
      '/series?grain=day&from=2024-02&to=2024-03&belt=yi&measure=orders',
    );
    const points = new Map(body.lines[0]?.points.map((point) => [point.day, told(point)]));
    expect(points.size).toBe(60);
    expect(points.get('2024-02-11')).toMatchObject({ value: 1, yearAgo: 0 });
    expect(points.get('2024-02-20')).toMatchObject({
      value: 0,
      yearAgo: 1,
      growth: -1,
      rate: 'base-too-small',
    });
    expect(points.get('2024-02-29')).toMatchObject({ value: 1, yearAgo: 0 });
    expect(points.get('2024-03-10')).toMatchObject({ value: 0, coverage: 1 });
    expect(points.get('2024-03-11')).toMatchObject({ value: null, reason: 'no-data', coverage: 0 });
  });

  test('too many days, and a period without data, are refused by name', async () => {
    for (const [query, field] of [
      ['grain=day&from=2020-01&to=2024-02', 'to'],
      ['from=2024-05&to=2024-06', 'from'],
      ['from=2021-05&to=2022-12', 'to'],
      ['from=1990-01&to=2024-01', 'to'],
    ]) {
      const { status, body } = await api.get<Problem>(`/series?${query}`);
      expect([status, body.code, body.issues?.[0]?.field]).toEqual([400, 'invalid-request', field]);
    }
  });
});

test('lineage names the batches behind a period', async () => {
  const { body } = await api.get<LineageAnswer>('/lineage?from=2024-01&to=2024-02&belt=ke');
  expect(body.batches).toEqual([{ batchId: 7, lines: 2, gmv: 1250.1, months: ['2024-01', '2024-02'] }]);
});
