/**
 * A month between of which no load has brought a line of the whole source: nobody knows what was sold in it, so no answer
 * may say 0, −100 %, complete or final of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BreadthAnswer,
  ClockAnswer,
  ConcentrationAnswer,
  ContributionsAnswer,
  FestivalAnswer,
  GrowthAnswer,
  GrowthByBeltAnswer,
  MarginsAnswer,
  PricesAnswer,
  Problem,
  RecoveryAnswer,
  SeriesAnswer,
  SourcesAnswer,
  StatesAnswer,
  TurnoverAnswer,
} from '@beltline/contract';
import { SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN_BELTS } from '../fixtures/rollups/golden.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** 2022 through 28 March 2025, the same orders each month, on all of its days; May and June of 2024 were never loaded. */
const GAP = ['2024-05', '2024-06'];
const months = Array.from(
  { length: 39 },
  (_, n) => `${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
);
const present = months.filter((month) => !GAP.includes(month));
const daysOf = (month: string) =>
  month === '2025-03' ? 28 : new Date(Number(month.slice(0, 4)), Number(month.slice(5)), 0).getDate();
const lines = present.flatMap((month) =>
  Array.from({ length: 40 }, (_, n): SeedLine => {
    const day = `${month}-${String(1 + (n % daysOf(month))).padStart(2, '0')}`;
    return {
      order: `${month}-${n}`,
      merchant: `m${n % 8}`,
      belt: n % 2 === 0 ? 'ke' : 'yi',
      buyer: `b${n % 5}`,
      day,
      combination: 64,
      pieces: 3,
      gmv: 10_000 + 100 * n,
      refund: 0,
    };
  }),
);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, {
    source: 'golden',
    version: 7,
    lines,
    belts: GOLDEN_BELTS,
    dataThrough: '2025-03-28',
    months: present.map((month) => `${month}-01`),
  });
});
afterAll(() => api?.close());

const IN_GAP = 'from=2024-05&to=2024-06';
const ACROSS = 'from=2024-01&to=2024-12';
const none = { value: null, flag: 'not-available', reason: 'not-loaded' };
const unknown = { value: none, change: none, growth: none };

test('the source says which months are missing, and what is shown first has none', async () => {
  const { sources } = await asked<SourcesAnswer>(api, '/sources');
  expect(sources[0]).toMatchObject({
    notLoaded: GAP,
    completeMonths: { from: '2022-01', to: '2025-02' },
    defaultPeriod: { from: '2024-07', to: '2025-02' },
  });
});

describe('a period of it alone', () => {
  test.each([
    ['/growth', (answer: GrowthAnswer) => answer.tracks.flatMap(({ measures }) => Object.values(measures))],
    ['/growth/by-belt', ({ total, rows }: GrowthByBeltAnswer) => [total, ...rows.map((row) => row.compared)]],
    [
      '/growth/by-belt?measure=merchants',
      ({ total, rows }: GrowthByBeltAnswer) => [total, ...rows.map((row) => row.compared)],
    ],
    ['/contributions?by=belt', ({ total }: ContributionsAnswer) => [total]],
    ['/contributions?by=combination', ({ total }: ContributionsAnswer) => [total]],
  ])('%s is not known', async (path, figures) => {
    for (const comparison of ['year-ago', 'previous']) {
      const question = `${path}${path.includes('?') ? '&' : '?'}${IN_GAP}&comparison=${comparison}`;
      const answer = await asked<GrowthAnswer & GrowthByBeltAnswer & ContributionsAnswer>(api, question);
      expect(answer.meta.period).toMatchObject({ complete: false, coverage: 0, without: GAP });
      expect(answer.meta.cautions).toEqual(['not-loaded']);
      const found = figures(answer);
      expect(found.length).toBeGreaterThan(0);
      for (const figure of found) expect(figure).toMatchObject(unknown);
      expect(answer.parts ?? []).toEqual([]);
    }
  });

  test.each(['margins', 'turnover', 'prices'])('/%s splits nothing', async (path) => {
    const answer = await asked<MarginsAnswer | TurnoverAnswer | PricesAnswer>(api, `/${path}?${IN_GAP}`);
    expect(answer.reason).toBe('not-loaded');
  });

  test('/concentration counts nobody, rather than none', async () => {
    const answer = await asked<ConcentrationAnswer>(api, `/concentration?${IN_GAP}`);
    for (const figure of [answer.merchants, answer.hhi, answer.gini, answer.topFifth]) {
      expect(figure).toMatchObject({ value: null, flag: 'not-available', reason: 'not-loaded' });
    }
  });
});

test('of a version from before it was kept how far its months reach, the days with counted lines say it', async () => {
  const of = (month: string, first: number, last: number) =>
    lines
      .filter(({ day }) => day.startsWith(month))
      .filter(({ day }) => Number(day.slice(8)) >= first && Number(day.slice(8)) <= last);
  await seedVersion(api.loader, {
    ...{ source: 'older', version: 8, belts: GOLDEN_BELTS, dataThrough: '2024-04-30' },
    lines: [...of('2024-01', 3, 12), ...of('2024-03', 5, 20), ...of('2024-04', 1, 30)],
    months: ['2024-01-01', '2024-03-01', '2024-04-01'],
  });
  await sleep(SEEN_WITHIN_MS);
  const { sources } = await asked<SourcesAnswer>(api, '/sources');
  expect(sources.find(({ source }) => source === 'older')).toMatchObject({
    firstDay: '2024-01-03',
    notLoaded: ['2024-02'],
    completeMonths: { from: '2024-04', to: '2024-04' },
    edges: [
      { month: '2024-01', firstDay: '2024-01-03', lastDay: '2024-01-12' },
      { month: '2024-03', firstDay: '2024-03-05', lastDay: '2024-03-31' },
    ],
  });
});

test('a period across it is compared with its own months only, and is not final', async () => {
  const answer = await asked<GrowthAnswer>(api, `/growth?${ACROSS}`);
  expect(answer.meta).toMatchObject({
    cautions: ['not-loaded'],
    period: { complete: false, without: GAP },
    baseline: { without: ['2023-05', '2023-06'] },
  });
  const all = answer.tracks.find(({ track }) => track === 'all');
  for (const measure of ['orders', 'gmv', 'merchants'] as const) {
    expect(all?.measures[measure]).toMatchObject({ growth: { value: 0, flag: 'provisional' } });
  }
  expect(all?.measures.orders).toMatchObject({ value: { value: 400 }, baseline: { value: 400 } });
});

test('what would be compared with it has no baseline', async () => {
  const answer = await asked<GrowthAnswer>(api, '/growth?from=2024-07&to=2024-08&comparison=previous');
  expect(answer.meta.baseline).toBeNull();
  expect(answer.tracks[0]?.measures.gmv).toMatchObject({ growth: { value: null, reason: 'no-baseline' } });
});

test.each(['month', 'day'])('a series by %s has a gap there, not a fall', async (grain) => {
  const { lines: found } = await asked<SeriesAnswer>(api, `/series?grain=${grain}&from=2024-04&to=2024-07`);
  const points = found[0]?.points ?? [];
  const inside = points.filter(({ day }) => GAP.includes(day.slice(0, 7)));
  expect(inside).toHaveLength(grain === 'month' ? 2 : 61);
  for (const point of inside) {
    expect(point).toMatchObject({ value: none, yearAgo: none, growth: none, coverage: 0 });
  }
  expect(
    points.filter(({ day }) => !GAP.includes(day.slice(0, 7))).every(({ value }) => value.value !== null),
  ).toBe(true);
});

describe('recovery', () => {
  test('its months are gaps, and nothing is told across them', async () => {
    const answer = await asked<RecoveryAnswer>(api, '/recovery?belt=ke');
    for (const month of GAP) {
      expect(answer.points.find((point) => point.month === month)).toMatchObject({
        coverage: 0,
        value: none,
        growth: none,
        lunarGrowth: none,
        level: none,
        adjusted: none,
      });
    }
    expect(
      answer.points.every(
        ({ growth, lunarGrowth }) => (growth.value ?? 0) > -0.5 && (lunarGrowth.value ?? 0) > -0.5,
      ),
    ).toBe(true);
    expect(answer.points.every(({ level }) => level.value === null || level.value > 50)).toBe(true);
    // Eight months since the gap are too few for a season; months before it would be told of the wrong season.
    expect(answer.adjustedReason).toBe('not-loaded');
    expect(answer.reference).toBe(2022);
    expect(answer.trough?.level.value ?? 100).toBeGreaterThan(50);
  });

  test('states of the months that look back on it are not known', async () => {
    const { rows } = await asked<StatesAnswer>(api, '/recovery/states?month=2024-08');
    const sold = rows.filter(({ area }) => area.id === 'ke' || area.id === 'yi');
    expect(sold).toHaveLength(2);
    for (const { now } of sold) {
      expect(now).toMatchObject({
        state: 'too-little-data',
        reason: 'not-loaded',
        level: { value: null },
        growth: { value: null },
      });
    }
    expect((await api.get('/recovery/states?month=2024-05')).status).toBe(400);
    expect((await api.get('/recovery?reference=2024')).status).toBe(400);
  });

  test('clock, breadth and festival keep it out', async () => {
    const clock = await asked<ClockAnswer>(api, '/recovery/clock?months=60');
    expect(clock.areas.every(({ share }) => share.value === null)).toBe(true);
    const breadth = await asked<BreadthAnswer>(api, '/breadth');
    const across = ['2024-05', '2024-06', '2024-07', '2024-08'];
    const points = breadth.points.filter(({ month }) => across.includes(month));
    expect(points.map(({ month, breadth: { value, reason } }) => [month, value, reason])).toEqual(
      across.map((month) => [month, null, 'not-loaded']),
    );
    for (const {
      month,
      breadth: { value, reason },
    } of breadth.points) {
      expect([month, value]).toEqual([month, reason === null ? 50 : null]);
      expect([null, 'not-loaded']).toContain(reason);
    }
    const { state } = await asked<RecoveryAnswer>(api, '/recovery?month=2024-08');
    expect(state.breadth).toMatchObject({ value: null, reason: 'not-loaded' });
    const refused = await api.get<Problem>('/recovery?month=2024-05');
    expect(refused.body.issues?.[0]?.message).toMatch(/ to \d{4}-\d\d, without 2024-05, 2024-06, /);
    const festival = await asked<FestivalAnswer>(api, '/recovery/festival');
    expect(festival.years.length).toBeGreaterThan(2);
  });
});
