/** What merchants are told, over real HTTP: their own figures and their group's, held against a count over the lines, and never two editions. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchmarkAnswer, MadeToken, Problem } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { naiveMeasures } from '../fixtures/rollups/naive-peers.ts';
import { GIANT, PEER_MONTHS } from '../fixtures/rollups/peer-lines.ts';
import {
  addMerchant,
  type Cookie,
  groupSide,
  LINES,
  linesOf,
  OWNERS,
  PASSWORD,
  positionsOf,
  QUARTERS,
  seedPeers,
  startPeers,
  toldOf,
} from './benchmark-kit.ts';

/** Of less than all, for what is loaded again. */
const SINCE = LINES.filter(({ day }) => day >= '2023-04');

let api: RunningApi;
/** One user for all owners, to look at many. */
let everybody: Cookie;
beforeAll(async () => {
  api = await startPeers();
  await seedPeers(api, 'foreign', 2, LINES.slice(0, 100));
  everybody = await addMerchant(api, OWNERS);
});
afterAll(() => api?.close());
/** A new source is seen within a moment. */
async function untilSeen(as: Cookie): Promise<void> {
  for (let tries = 0; tries < 100 && (await api.get('/benchmark', as)).status === 503; tries++)
    await sleep(100);
}
const told = (owner: string, quarter?: string) => toldOf(api, everybody, owner, quarter);

test('a merchant is told what the lines come to, and the same of the group as another member', async () => {
  const one = await told('sock-1/4');
  const counts: Record<string, number | null> = {
    ...naiveMeasures(linesOf('sock-1/4'), '2024-Q1'),
    'price-position': positionsOf(LINES, '2024-Q1').get('sock-1/4') ?? null,
  };
  for (const { measure, value } of one.measures) {
    const counted = counts[measure] ?? null;
    const digits = { 'growth-aligned': 5, 'price-position': 6 }[measure as string] ?? 8;
    expect([measure, value.value]).toEqual([
      measure,
      counted === null ? null : expect.closeTo(counted, digits),
    ]);
  }
  expect(one.measures).toHaveLength(27);
  expect(one.measures.filter(({ value }) => value.value !== null).length).toBeGreaterThan(22);
  expect(one).toMatchObject({ quarter: '2024-Q1', quarters: QUARTERS, dataVersion: 1, noGroup: null });
  expect(one.measures[0]?.quartiles.median.value).toBeGreaterThan(0);
  let others = 0;
  for (const owner of OWNERS.filter((name) => name.startsWith('sock-1/') && name !== one.owner)) {
    const other = await told(owner);
    if (JSON.stringify(other.group) !== JSON.stringify(one.group)) continue;
    expect(groupSide(other)).toEqual(groupSide(one));
    others += 1;
  }
  expect(others).toBeGreaterThan(2);
});

test('the change of a year adds up by factors and by combinations of tracks', async () => {
  for (const owner of OWNERS.slice(0, 12)) {
    const { change } = await told(owner);
    const [now, before] = ['2024-Q1', '2023-Q1'].map(
      (quarter) => naiveMeasures(linesOf(owner), quarter)['gmv'] ?? 0,
    );
    const total = (now ?? 0) - (before ?? 0);
    expect(change?.baselineQuarter).toBe('2023-Q1');
    expect(change?.change.value).toBeCloseTo(total, 6);
    const ways = [change?.factors, change?.combinations, change?.buyers ?? [], change?.prices ?? []];
    for (const parts of ways.filter((way) => way?.length !== 0))
      expect((parts ?? []).reduce((sum, part) => sum + (part.change.value ?? NaN), 0)).toBeCloseTo(total, 6);
    if (!now) continue;
    expect(change?.buyers).toHaveLength(3);
    const all = (change?.turnover ?? []).flatMap((row) => [row.came, row.went, row.stayed]);
    expect(all.reduce((sum, { value }) => sum + (value ?? NaN), 0)).toBeCloseTo(total, 6);
  }
});

test('the giant of a town of hatters is in no group, nor is whoever would be compared with it alone', async () => {
  const answer = await told(GIANT);
  expect([answer.group, answer.noGroup]).toEqual([null, 'too-small']);
  expect(answer.measures[0]?.value.value).toBeGreaterThan(0);
  expect((await told('hat-1/3')).noGroup).toBe('too-small');
});

test('who sold nothing is told so', async () => {
  const quiet = OWNERS.find(
    (owner) => linesOf(owner).length > 0 && linesOf(owner).every(({ day }) => day > '2023-07'),
  );
  const answer = await told(quiet ?? '', '2022-Q3');
  expect(answer).toMatchObject({ group: null, noGroup: 'no-orders', shops: 0 });
  expect(answer.measures[0]?.value.value).toBe(0);
  for (const name of ['buyers', 'skus', 'on-time'])
    expect(answer.measures.find(({ measure }) => measure === name)?.value.reason).toBe('no-data');
});

test('a merchant has their own owners alone, and strangers and other roles nothing', async () => {
  const one = await addMerchant(api, ['sock-1/4']);
  const own = await api.get<BenchmarkAnswer>('/benchmark', one);
  expect(own.body).toMatchObject({ source: 'peers', owner: 'sock-1/4', owners: ['sock-1/4'] });
  expect(own.headers.get('cache-control')).toBe('no-store');
  const refusals = await Promise.all(
    ['sock-1/5', 'none'].map((owner) => api.get<Problem>(`/benchmark?owner=${owner}`, one)),
  );
  const [theirs, none] = refusals.map(({ body }) => ({ ...body, requestId: '' }));
  expect(theirs).toEqual(none);
  expect(theirs?.status).toBe(400);
  const names = JSON.stringify(own.body);
  for (const owner of OWNERS.filter((other) => other !== 'sock-1/4'))
    expect(names).not.toContain(`"${owner}"`);
  for (const path of ['/benchmark?source=foreign', '/benchmark?source=missing', '/benchmark?quarter=2024-Q2'])
    expect((await api.get(path, one)).status).toBe(400);
  expect((await api.get('/benchmark', await addMerchant(api, []))).status).toBe(404);
  expect((await api.get('/benchmark')).status).toBe(401);
  for (const role of ['strategist', 'official', 'engineer', 'administrator'] as const) {
    await api.addUser({ name: `a ${role}`, password: PASSWORD, roles: [role], sources: ['*'] });
    const cookie = await signIn(new URL(api.url).origin, { name: `a ${role}`, password: PASSWORD });
    expect((await api.get('/benchmark', { cookie })).status).toBe(403);
  }
});

test('by token it is the same', async () => {
  const one = await addMerchant(api, ['sock-3/1']);
  const body = { name: 't', permissions: ['read-benchmark'], days: 1 };
  const made = await api.send<MadeToken & { secret: string }>('POST', '/tokens', body, one);
  const headers = { authorization: `Bearer ${made.body.secret}` };
  expect((await api.get('/benchmark', headers)).body).toEqual((await api.get('/benchmark', one)).body);
});

test('there is one edition: later loads change no quarter that was whole, and the next quarter is of the next version', async () => {
  await seedPeers(api, 'editions', 11, SINCE);
  const one = await addMerchant(api, ['sock-1/1'], 'editions');
  await untilSeen(one);
  const told11 = (await api.get<BenchmarkAnswer>('/benchmark', one)).body;
  const later = SINCE.map((line) => ({ ...line, gmv: 3 * line.gmv })).filter(
    ({ merchant: shop }) => !shop.startsWith('sock-1/2'),
  );
  const april = later
    .filter(({ day }) => day.startsWith('2024-03'))
    .flatMap((line) =>
      ['04', '05', '06'].map((month) => ({ ...line, day: `2024-${month}${line.day.slice(7)}` })),
    );
  await seedPeers(api, 'editions', 12, [...later, ...april], {
    dataThrough: '2024-06-30',
    months: [...PEER_MONTHS.slice(-12), '2024-04', '2024-05', '2024-06'],
  });
  for (let tries = 0; ; tries++) {
    const { quarter, dataVersion } = (await api.get<BenchmarkAnswer>('/benchmark', one)).body;
    if (quarter === '2024-Q2') {
      expect(dataVersion).toBe(12);
      break;
    }
    expect(tries).toBeLessThan(100);
    await sleep(100);
  }
  const again = (await api.get<BenchmarkAnswer>('/benchmark?quarter=2024-Q1', one)).body;
  expect({ ...again, quarters: [] }).toEqual({ ...told11, quarters: [] });
  expect(again.quarters).toEqual(['2024-Q2', ...told11.quarters]);
  // What was read of lines too, which are not there any more: who reads them only now is told nothing of them.
  const buyers = ({ measures }: BenchmarkAnswer) => measures.find(({ measure }) => measure === 'buyers');
  expect(buyers(again)?.value.value).toBeGreaterThan(0);
  const late = await startApi({ signsIn: false }, api);
  try {
    const same = await addMerchant(late, ['sock-1/1'], 'editions');
    const read = (await late.get<BenchmarkAnswer>('/benchmark?quarter=2024-Q1', same)).body;
    const none = { value: null, flag: 'not-available', reason: 'lines-replaced' };
    expect(buyers(read)?.value).toEqual(none);
    expect(buyers(read)?.band).toBeNull();
    expect(read.measures[0]).toEqual(again.measures[0]);
  } finally {
    await late.close();
  }
});
