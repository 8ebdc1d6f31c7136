/** `GET /recovery` at the end of a month that is asked for: what changes with it, what does not, and what is refused. */
import type { RecoveryAnswer, StatesAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { naiveRecovery } from '../fixtures/rollups/naive-recovery.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const DEAD_BAND = 0.02;
const edge = (day: string): SeedLine => ({
  ...{ order: `x${day}`, merchant: 'm0', buyer: 'b0', belt: 'a', day, combination: 64, pieces: 1 },
  ...{ gmv: 100, refund: 0 },
});
const shape = { seed: 16, orders: 1230, belts: SELLING_BELTS, firstDay: '2020-01-01', days: 1693 };
const lines = [...randomLines(shape), edge('2020-01-01'), edge('2024-08-20')];
const truth = naiveRecovery(lines, 'gmv', { firstDay: '2020-01-01', lastMonth: '2024-07', base: 2020 });

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_DEAD_BAND: String(DEAD_BAND), BELTLINE_MIN_BASE: '0' } });
  const common = { belts: PLACED_BELTS, lines, dataThrough: '2024-08-20' };
  await seedVersion(api.loader, { ...common, source: 'shop', version: 1 });
  const short = lines.filter(({ day }) => day >= '2024-08-02');
  await seedVersion(api.loader, { ...common, source: 'short', version: 2, lines: short });
});
afterAll(() => api?.close());
const recovery = (query: string) => asked<RecoveryAnswer>(api, `/recovery?source=shop${query}`);

test.each(['2023-06', '2023-11', '2024-04'])('state, level and growth of %s', async (month) => {
  const answer = await recovery(`&month=${month}`);
  const [level, growth] = [truth.level(month, 3, answer.outliers), truth.lunarGrowth(month, 3)];
  expect(answer.month).toBe(month);
  expect(answer.state.level.value).toBeCloseTo(level ?? NaN, 8);
  expect(answer.state.growth.value).toBeCloseTo(growth ?? NaN, 8);
  expect(answer.lunarGrowth).toEqual(answer.state.growth);
  expect(answer.growth.value).toBeCloseTo(truth.growth([month]) ?? NaN, 8);
  for (const figure of [answer.growth, answer.lunarGrowth, answer.state.level, answer.state.growth])
    expect(figure.period?.lastDay.slice(0, 7)).toBe(month);
});

test('the series and the estimate stay whole, and the trough is of the months so far', async () => {
  const latest = await recovery('');
  for (const { month } of latest.points.slice(0, -1)) {
    const then = await recovery(`&month=${month}`);
    expect([then.points, then.nowcast, then.turningPoints]).toEqual([
      latest.points,
      latest.nowcast,
      latest.turningPoints,
    ]);
    expect((then.trough?.month ?? '') <= month).toBe(true);
  }
  expect(await recovery('&month=2024-07')).toEqual(latest);
});

test('the trough is told at the month in view', async () => {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  let told = 0;
  for (const area of ['', ...SELLING_BELTS.map((belt) => `&belt=${belt}`)]) {
    for (const month of ['2023-11', '2024-05', '2024-07']) {
      const { points, trough, reference } = await recovery(`&month=${month}${area}`);
      const known = points.filter(
        (one) => one.month > `${reference}-12` && one.month <= month && one.level.value !== null,
      );
      const lowest = Math.min(100, ...known.map(({ level }) => level.value ?? 100));
      if (lowest === 100) {
        expect(trough).toBeNull();
        continue;
      }
      told += 1;
      const now = points.find((one) => one.month === month)?.level.value ?? null;
      expect(trough?.level.value).toBeCloseTo(lowest, 9);
      expect(trough?.monthsSince).toBe(index(month) - index(trough?.month ?? ''));
      const regained = now === null ? null : (now - lowest) / (100 - lowest);
      expect(trough?.regained === null).toBe(regained === null);
      if (regained !== null) expect(trough?.regained).toBeCloseTo(regained, 9);
    }
  }
  expect(told).toBeGreaterThan(0);
});

test('the last complete month is told where none is asked for, and none where no month is complete', async () => {
  expect((await recovery('')).month).toBe('2024-07');
  expect((await asked<StatesAnswer>(api, '/recovery/states?source=shop')).month).toBe('2024-07');
  const short = await asked<RecoveryAnswer>(api, '/recovery?source=short');
  expect([short.month, short.state.state]).toEqual([null, 'too-little-data']);
});

test('states of the month before are told where that month has any, and no area has changed where it has none', async () => {
  const states = (month: string) => asked<StatesAnswer>(api, `/recovery/states?source=shop&month=${month}`);
  const first = await states('2020-01');
  expect(first.counts.map(({ before }) => before)).toEqual(first.counts.map(() => null));
  expect(first.rows.map(({ before, changed }) => [before, changed])).toEqual(
    first.rows.map(() => [null, false]),
  );
  const [second, now] = [await states('2020-02'), await states('2024-07')];
  for (const { counts, rows } of [second, now]) {
    expect(counts.reduce((sum, { before }) => sum + (before ?? NaN), 0)).toBe(rows.length);
    for (const row of rows) expect(row.changed).toBe(row.now.state !== row.before);
  }
});

test.each(['2024-08', '2031-01', '2019-12', '2024-13', 'now', ''])(
  'a month of “%s” is refused with the months that there are',
  async (month) => {
    const { status, body } = await api.get<{ code: string; issues: { field: string; message: string }[] }>(
      `/recovery?source=shop&month=${month}`,
    );
    expect([status, body.code, body.issues[0]?.field]).toEqual([400, 'invalid-request', 'month']);
    if (/^(2024-08|2031-01|2019-12)$/.test(month))
      expect(body.issues[0]?.message).toContain('complete are 2020-01 to 2024-07');
  },
);
