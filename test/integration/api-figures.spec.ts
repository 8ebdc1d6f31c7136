import type {
  GrowthAnswer,
  GrowthByBeltAnswer,
  Measure,
  Problem,
  SourcesAnswer,
  Track,
} from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { CORRECTED_LINE, GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Expectations are worked out by hand from the eight orders of the golden lines. */
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '2' } });
  await seedVersion(api.loader, GOLDEN);
});
afterAll(() => api?.close());

async function growth(query: string) {
  const { status, body } = await api.get<GrowthAnswer>(`/growth?${query}`);
  expect(status).toBe(200);
  const of = (track: Track, measure: Measure) => {
    const found = body.tracks.find((one) => one.track === track);
    const figure = found?.measures[measure];
    if (!figure) throw new Error(`no ${track} ${measure}`);
    return told(figure);
  };
  return { ...body, of };
}

test('only the measures that are asked for are counted', async () => {
  const { tracks } = await growth('from=2024-01&to=2024-02&measures=orders,gmv');
  expect(tracks.map(({ measures }) => Object.keys(measures).sort())).toEqual(
    tracks.map(() => ['gmv', 'orders']),
  );
  const { status, body } = await api.get<Problem>('/growth?from=2024-01&to=2024-02&measures=orders,profit');
  expect([status, body.issues?.[0]?.field]).toEqual([400, 'measures.1']);
});

test('a source says how far its data reach and what a reader sees first', async () => {
  const { body } = await api.get<SourcesAnswer>('/sources');
  expect(body.sources).toEqual([
    {
      source: 'golden',
      name: { zh: '来源golden', en: 'Source golden' },
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      homeCountry: 'CN',
      keepsSpringFestival: true,
      firstDay: '2023-01-01',
      dataThrough: '2024-03-10',
      notLoaded: [],
      months: { from: '2023-01', to: '2024-03' },
      completeMonths: { from: '2023-01', to: '2024-02' },
      defaultPeriod: { from: '2023-03', to: '2024-02' },
      dataVersion: 7,
      publishedAt: '2025-02-11T03:00:00.000Z',
      belts: 3,
      merchants: 3,
      lines: 9,
    },
  ]);
});

describe('growth', () => {
  test('the nation over two months, against the year before', async () => {
    const answer = await growth('from=2024-01&to=2024-02');
    expect(answer.of('all', 'orders')).toMatchObject({
      value: 4,
      baseline: 3,
      change: 1,
      growth: 1 / 3,
      flag: 'final',
    });
    expect(answer.of('all', 'pieces')).toMatchObject({ value: 974, baseline: 1012, change: -38 });
    expect(answer.of('all', 'gmv')).toMatchObject({
      value: 1805.45,
      baseline: 1230.5,
      change: 574.95,
      unit: 'money',
    });
    expect(answer.of('all', 'net-gmv')).toMatchObject({ value: 1800, baseline: 1220.5, change: 579.5 });
    expect(answer.of('all', 'merchants')).toMatchObject({ value: 3, baseline: 2 });
    expect(answer.of('all', 'buyers')).toMatchObject({ value: 3, baseline: 2 });
    expect(answer.meta).toMatchObject({ dataVersion: 7, currency: 'CNY', cautions: [] });
  });

  test('tracks overlap: an order of two tracks is in both, once in all', async () => {
    const answer = await growth('from=2024-02&to=2024-02');
    const orders = (track: Track) => answer.of(track, 'orders').value;
    expect([orders('all'), orders('custom'), orders('distribution'), orders('wholesale')]).toEqual([
      3, 1, 2, 0,
    ]);
    expect([orders('cross-border'), orders('overseas-local'), orders('offline')]).toEqual([1, 1, 0]);
    expect(answer.of('distribution', 'gmv')).toMatchObject({ value: 55.35, baseline: 30 });
    expect(answer.of('distribution', 'buyers')).toMatchObject({ value: 2, baseline: 1 });
    expect(answer.of('distribution', 'merchants')).toMatchObject({ value: 1, baseline: 1 });
  });

  test('a zero baseline is null with its reason; a small one is marked', async () => {
    const answer = await growth('from=2024-02&to=2024-02');
    expect(answer.of('cross-border', 'gmv')).toMatchObject({
      baseline: 0,
      change: 500,
      growth: null,
      reason: 'baseline-zero',
      flag: 'final',
      rate: 'not-available',
    });
    expect(answer.of('custom', 'gmv')).toMatchObject({
      growth: 99.5 / 200.5,
      flag: 'final',
      rate: 'base-too-small',
      reason: null,
    });
  });

  test('an incomplete month is compared with its own days, and its merchants are not known', async () => {
    const answer = await growth('from=2024-03&to=2024-03');
    expect(answer.meta.period).toMatchObject({
      firstDay: '2024-03-01',
      lastDay: '2024-03-10',
      complete: false,
    });
    expect(answer.meta.baseline).toMatchObject({ firstDay: '2023-03-01', lastDay: '2023-03-10' });
    expect(answer.meta.cautions).toEqual(['incomplete-period']);
    expect(answer.of('all', 'gmv')).toMatchObject({ value: 10, baseline: 0, flag: 'provisional' });
    expect(answer.of('all', 'merchants')).toMatchObject({
      value: null,
      baseline: null,
      reason: 'part-month',
      flag: 'not-available',
    });
  });

  test('a period over whole months and a part one adds both up', async () => {
    const answer = await growth('from=2024-02&to=2024-03&comparison=previous');
    expect(answer.meta.baseline).toMatchObject({ firstDay: '2023-12-01', lastDay: '2024-01-08' }); // 39 days
    expect(answer.of('all', 'orders')).toMatchObject({ value: 4, baseline: 1 });
    expect(answer.of('all', 'gmv')).toMatchObject({ value: 865.35, baseline: 950.1 });
  });

  test('without a loaded baseline there is a value and no growth', async () => {
    const answer = await growth('from=2023-02&to=2023-02');
    expect(answer.meta).toMatchObject({ baseline: null, cautions: ['baseline-incomplete'] });
    expect(answer.of('all', 'orders')).toMatchObject({
      value: 2,
      baseline: null,
      change: null,
      growth: null,
      reason: 'no-baseline',
    });
  });

  test('the Spring Festival that moved between months is said', async () => {
    // 2024: 6 February … 1 March; 2023: 18 January … 11 February.
    expect((await growth('from=2024-01&to=2024-01')).meta.cautions).toEqual(['spring-festival-shift']);
    expect((await growth('from=2024-01&to=2024-02')).meta.cautions).toEqual([]);
  });

  test('one belt', async () => {
    const answer = await growth('from=2024-01&to=2024-02&belt=ke');
    expect(answer.area).toMatchObject({ level: 'belt', id: 'ke', belts: 1 });
    expect(answer.of('all', 'orders')).toMatchObject({ value: 2, baseline: 2 });
    expect(answer.of('all', 'gmv')).toMatchObject({ value: 1250.1, baseline: 1200.5 });
    expect(answer.of('custom', 'buyers')).toMatchObject({ value: 1, baseline: 1 });
  });
});

describe('growth by belt', () => {
  test('ranks all belts, those without orders with 0', async () => {
    const { body } = await api.get<GrowthByBeltAnswer>('/growth/by-belt?from=2024-01&to=2024-02');
    expect(body.rows.map((row) => [row.rank, row.belt.beltId, row.compared.value.value])).toEqual([
      [1, 'ke', 1250.1],
      [2, 'yi', 55.35],
      [3, 'qu', 0],
    ]);
    expect(told(body.total)).toMatchObject({ value: 1805.45, baseline: 1230.5 });
    expect(body.rows[0]?.share.value).toBeCloseTo(1250.1 / 1805.45, 12);
    expect(body.rows[2]).toMatchObject({
      share: { value: 0 },
      compared: { growth: { value: null, reason: 'baseline-zero' } },
    });
    expect(body.count).toBe(3);
  });

  test('growth that is null stands last in both directions, behind growth over a base too small', async () => {
    const order = async (direction: string) => {
      const { body } = await api.get<GrowthByBeltAnswer>(
        `/growth/by-belt?from=2024-01&to=2024-02&sort=growth&order=${direction}`,
      );
      return body.rows.map((row) => row.belt.beltId);
    };
    expect(await order('desc')).toEqual(['ke', 'yi', 'qu']); // yi had one order, qu sold nothing before
    expect(await order('asc')).toEqual(['ke', 'yi', 'qu']);
  });

  test('merchants over months are distinct within each belt', async () => {
    const { body } = await api.get<GrowthByBeltAnswer>(
      '/growth/by-belt?from=2024-01&to=2024-02&measure=merchants&limit=1',
    );
    expect(told(body.total)).toMatchObject({ value: 3, baseline: 2 });
    expect(body.rows).toHaveLength(1);
    expect(body.rows[0]).toMatchObject({
      belt: { beltId: 'ke' },
      compared: { value: { value: 1 }, baseline: { value: 1 } },
    });
    expect(body.count).toBe(3);
  });

  test('a province, and buyers of a part month', async () => {
    const { body } = await api.get<GrowthByBeltAnswer>(
      `/growth/by-belt?from=2024-03&to=2024-03&measure=buyers&province=${encodeURIComponent('河北省')}`,
    );
    expect(body.rows.map((row) => row.belt.beltId)).toEqual(['qu']);
    const none = { value: null, flag: 'not-available', reason: 'part-month' };
    expect(body.rows[0]).toMatchObject({ compared: { value: none, growth: none }, share: none });
  });
});

test('a version is seen when it is published, and its months only', async () => {
  const before = await growth('from=2024-01&to=2024-01');
  const next = { ...GOLDEN, version: 9, lines: [CORRECTED_LINE], months: ['2024-01-01'] };
  await seedVersion(api.loader, { ...next, publish: false });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await growth('from=2024-01&to=2024-01')).toMatchObject({ meta: before.meta });
  await api.loader.insert({
    table: 'data_versions',
    values: [
      {
        data_version: 9,
        source: 'golden',
        published_at: '2025-02-12 03:00:00.000',
        months: ['2024-01-01'],
        data_through: '2024-03-10',
      },
    ],
    format: 'JSONEachRow',
  });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const after = await growth('from=2024-01&to=2024-02');
  expect(after.meta.dataVersion).toBe(9);
  expect(after.of('all', 'gmv')).toMatchObject({ value: 2000 + 855.35, baseline: 1230.5 });
});
