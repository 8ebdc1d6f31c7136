/** Limits of requests over real HTTP: by account and by address, as a problem that says how long to wait, and one caller's flood is not another's wait. */
import type { GrowthAnswer, MadeToken, Problem } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const started: RunningApi[] = [];
afterAll(async () => {
  for (const api of started.reverse()) await api.close();
});
async function start(environment: Record<string, string>): Promise<RunningApi> {
  const api = await startApi({ signsIn: false, environment }, started[0]);
  started.push(api);
  for (const name of ['Wei', 'Lin', 'Mei', 'Sun'])
    await api.addUser({ name, password: PASSWORD, roles: ['strategist', 'engineer'], sources: ['*'] });
  return api;
}
const cookieOf = async (api: RunningApi, name: string) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
});
const statuses = async (api: RunningApi, path: string, headers: Record<string, string>, times: number) => {
  const found: number[] = [];
  for (let turn = 0; turn < times; turn++) found.push((await api.get(path, headers)).status);
  return found;
};
const times = (status: number, count: number) => Array.from({ length: count }, () => status);

describe('an account', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await start({ BELTLINE_REQUESTS_PER_ACCOUNT: '20' });
  });

  test('an account has so many requests a minute, another has its own, and who is over it can still leave', async () => {
    const wei = await cookieOf(api, 'Wei');
    expect(await statuses(api, '/sources', wei, 22)).toEqual([...times(200, 20), ...times(429, 2)]);
    const refused = await api.get<Problem>('/session', wei);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests', status: 429 } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const seconds = Number(refused.headers.get('retry-after'));
    expect([seconds > 0, seconds <= 60]).toEqual([true, true]);
    // A new session is no new limit.
    expect((await api.get('/sources', await cookieOf(api, 'Wei'))).status).toBe(429);
    expect(await statuses(api, '/sources', await cookieOf(api, 'Lin'), 5)).toEqual(times(200, 5));
    expect((await api.send('DELETE', '/session/all', undefined, wei)).status).toBe(204);
  });

  test('all tokens of an account are one, and none keeps its owner from revoking it', async () => {
    const mei = await cookieOf(api, 'Mei');
    const asked = { name: 'x', permissions: ['read-catalogue'], days: 1 };
    const [one, other] = [
      (await api.send<MadeToken>('POST', '/tokens', asked, mei)).body,
      (await api.send<MadeToken>('POST', '/tokens', asked, mei)).body,
    ];
    const by = ({ secret }: MadeToken) => ({ authorization: `Bearer ${secret}` });
    expect(await statuses(api, '/sources', by(one), 10)).toEqual(times(200, 10));
    expect(await statuses(api, '/sources', by(other), 12)).toEqual([...times(200, 10), ...times(429, 2)]);
    expect((await api.send('DELETE', `/tokens/${one.token.id}`, undefined, mei)).status).toBe(204);
    expect((await api.get('/sources', by(one))).status).toBe(401);
  });

  test('what is refused costs no more: an account over its limit still waits no longer', async () => {
    const sun = await cookieOf(api, 'Sun');
    await statuses(api, '/sources', sun, 21);
    const waits: number[] = [];
    for (let turn = 0; turn < 30; turn++)
      waits.push(Number((await api.get('/sources', sun)).headers.get('retry-after')));
    expect(Math.max(...waits)).toBe(waits[0]);
  });
});

test('an address has its own limit, which guesses at tokens and cookies count for, and nobody is looked up beyond it', async () => {
  const api = await start({ BELTLINE_REQUESTS_PER_ADDRESS: '15', BELTLINE_TRUSTED_PROXIES: '127.0.0.1' });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (turn: number) => ({ authorization: `Bearer belt_${`${turn}`.padStart(43, 'x')}` });
  for (let turn = 0; turn < 10; turn++)
    expect((await api.get('/sources', { ...from('198.51.100.7'), ...guess(turn) })).status).toBe(401);
  for (let turn = 0; turn < 5; turn++) {
    const cookie = `beltline_session=${`${turn}`.padStart(43, 'y')}`;
    expect((await api.get('/sources', { ...from('198.51.100.7'), cookie })).status).toBe(401);
  }
  expect((await api.get('/sources', { ...from('198.51.100.7'), ...guess(99) })).status).toBe(429);
  // What somebody writes before the proxy's own word is not believed.
  expect((await api.get('/sources', from('203.0.113.5, 198.51.100.7'))).status).toBe(429);
  expect((await api.get('/sources', from('198.51.100.8'))).status).toBe(401);
});

test('health is told however often it is asked, and to whoever is over their limit', async () => {
  const api = await start({ BELTLINE_REQUESTS_PER_ADDRESS: '3', BELTLINE_REQUESTS_PER_ACCOUNT: '3' });
  const wei = await cookieOf(api, 'Wei');
  await statuses(api, '/sources', wei, 4);
  const askers: Record<string, string>[] = [{}, wei, { authorization: `Bearer belt_${'x'.repeat(43)}` }];
  for (const headers of askers)
    for (const [path, status] of [
      ['/health/live', 200],
      ['/health', 503], // nothing is loaded
    ] as const)
      expect([path, ...new Set(await statuses(api, path, headers, 10))]).toEqual([path, status]);
});

describe('one who floods', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await start({ BELTLINE_REQUESTS_AT_ONCE: '2', BELTLINE_SUMS_MB: '0', BELTLINE_MERCHANTS_MB: '0' });
    const belts = [{ id: 'a', zh: 'a', en: 'a', province: '浙江省' }];
    const lines = randomLines({ seed: 3, orders: 4_000, belts: ['a'], firstDay: '2022-01-01', days: 1000 });
    await seedVersion(api.loader, { source: 'demo', version: 1, belts, lines, dataThrough: '2024-09-26' });
  });

  /** A question that nobody asked before: the engine computes it. */
  let asked = 0;
  const heavy = () => {
    const turn = asked++;
    const month = (index: number) =>
      `${2023 + Math.floor(index / 12)}-${`${(index % 12) + 1}`.padStart(2, '0')}`;
    const from = turn % 12;
    return `/growth/by-belt?source=demo&from=${month(from)}&to=${month(from + 1 + (Math.floor(turn / 12) % 8))}&limit=${1 + Math.floor(turn / 96)}`;
  };

  test('has more than a page wants refused or waiting, and the others are served meanwhile', async () => {
    const [wei, lin] = [await cookieOf(api, 'Wei'), await cookieOf(api, 'Lin')];
    await api.get<GrowthAnswer>(heavy(), lin); // what every question of the version needs
    // Connections that are open already: what is measured is the wait of questions, and not that of callers for each other.
    await Promise.all(Array.from({ length: 110 }, () => api.get('/health/live')));
    let isOver = false;
    const flood = Array.from({ length: 100 }, () => api.get(heavy(), wei));
    const done = Promise.all(flood).then((answers) => {
      isOver = true;
      return answers.map(({ status }) => status);
    });
    const waited: number[] = [];
    while (!isOver && waited.length < 10) {
      const before = performance.now();
      expect((await api.get(heavy(), lin)).status).toBe(200);
      waited.push(performance.now() - before);
    }
    const begun = performance.now();
    const answers = await done;
    const rest = performance.now() - begun;
    process.stdout.write(
      `One caller with 100 questions at once: another's took ${waited.map((ms) => ms.toFixed(0)).join(', ')} ms; the flood went on for ${rest.toFixed(0)} ms.\n`,
    );
    // 2 under way and 40 waiting; the others were told to come again.
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(42);
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0);
    // Served while the flood was at it, and not after it.
    expect(waited.length).toBeGreaterThan(2);
  });

  test('and hangs up, holds no turn', async () => {
    const wei = await cookieOf(api, 'Wei');
    const hanging = Array.from({ length: 20 }, () => {
      const stop = new AbortController();
      const asking = fetch(`${api.url}${heavy()}`, { headers: wei, signal: stop.signal }).catch(() => null);
      setTimeout(() => stop.abort(), 20);
      return asking;
    });
    await Promise.all(hanging);
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.get(heavy(), wei)));
    expect(answers.map(({ status }) => status)).toEqual(times(200, 12));
  });
});
