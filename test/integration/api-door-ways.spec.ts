/**
 * Ways around the door, over real HTTP: the same path otherwise written, odd credentials, a request under way while rights end, a flood of
 * failures, a caller who hangs up.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditAnswer, AuditEntry, Role } from '@beltline/contract';
import { rawRequest } from '../fixtures/api/raw-request.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const NEXT = 'calm-heron-brook-28';
const started: RunningApi[] = [];
let api: RunningApi;
let admin: { cookie: string };
beforeAll(async () => {
  api = await startApi({ signsIn: false, environment: { BELTLINE_TRUSTED_PROXIES: '127.0.0.1' } });
  started.push(api);
  admin = await as(await added(['administrator']));
});
afterAll(async () => {
  for (const one of started.reverse()) await one.close();
});

let users = 0;
async function added(roles: readonly Role[]): Promise<string> {
  const name = `user ${++users}`;
  await api.addUser({ name, password: PASSWORD, roles, sources: ['*'] });
  return name;
}
const originOf = ({ url }: RunningApi) => new URL(url).origin;
const as = async (name: string) => ({ cookie: await signIn(originOf(api), { name, password: PASSWORD }) });
const host = () => new URL(api.url).host;
const records = async (query = ''): Promise<AuditEntry[]> =>
  (await api.get<AuditAnswer>(`/audit?limit=200${query}`, admin)).body.records;

describe('a path that is written otherwise', () => {
  const written = (path: string) => [
    path.replace('/api', '/%61pi'),
    path.replace('/api', '/ap%69'),
    `http://${host()}${path}`,
  ];

  test('is asked by the same caller, and what it is refused is in the audit', async () => {
    const name = await added(['official']);
    const { cookie } = await as(name);
    for (const path of written('/api/v1/users'))
      expect((await rawRequest(api.url, path, { host: host(), cookie })).status).toBe(403);
    for (let tries = 0; tries < 100; tries++) {
      if ((await records(`&actor=${encodeURIComponent(name)}&event=refused`)).length > 0) return;
      await sleep(20);
    }
    throw new Error('nothing in the audit');
  });

  test('is 401 to nobody, whether it is there or not', async () => {
    for (const path of [...written('/api/v1/users'), ...written('/api/v1/nothing')])
      expect([path, (await rawRequest(api.url, path, { host: host() })).status]).toEqual([path, 401]);
  });

  test('counts for the limit of its address, and leaves health unlimited', async () => {
    const limited = await startApi(
      { signsIn: false, environment: { BELTLINE_REQUESTS_PER_ADDRESS: '5' } },
      api,
    );
    started.push(limited);
    const { host } = new URL(limited.url);
    const ask = async (path: string) => (await rawRequest(limited.url, path, { host })).status;
    for (let turn = 0; turn < 5; turn++) expect(await ask('/api/v1/session/ways')).toBe(200);
    for (const path of ['/%61pi/v1/session/ways', `http://${host}/api/v1/session/ways`])
      expect([path, await ask(path)]).toEqual([path, 429]);
    expect(await ask('/%61pi/v1/health')).toBe(await ask('/api/v1/health'));
  });
});

test('whoever sends a token is asked by it alone, however it is written, and a cookie beside it writes nothing', async () => {
  const { cookie } = await as(await added(['strategist']));
  const body = JSON.stringify({ name: 'x', permissions: ['read-figures'], days: 1 });
  for (const authorization of ['Bearer a b', 'Bearer', 'bearer x, Bearer y', 'Bearer\tx']) {
    const headers = { host: host(), cookie, authorization };
    expect([authorization, (await rawRequest(api.url, '/api/v1/session', headers)).status]).toEqual([
      authorization,
      401,
    ]);
    const writing = { ...headers, 'content-type': 'application/json', 'content-length': `${body.length}` };
    expect((await rawRequest(api.url, '/api/v1/tokens', writing, 'POST', body)).status).toBe(401);
  }
});

test('a sign-in with the old password that is under way while it is changed leaves no session', async () => {
  const name = await added(['strategist']);
  const own = await as(name);
  const asked = { present: PASSWORD, password: NEXT };
  const changed = api.send('PUT', '/session/password', asked, { ...own, 'x-forwarded-for': '192.0.2.1' });
  const cookies = await Promise.all(
    Array.from({ length: 40 }, async (_, turn) => {
      await sleep(turn * 10);
      const from = { 'x-forwarded-for': `198.51.100.${turn}` };
      const { status, headers } = await api.send('POST', '/session', { name, password: PASSWORD }, from);
      return status === 201 ? (headers.get('set-cookie') ?? '').split(';')[0] : undefined;
    }),
  );
  expect((await changed).status).toBe(200);
  for (const cookie of cookies)
    if (cookie !== undefined) expect((await api.get('/session', { cookie })).status).toBe(401);
});

test('of two who change one password at once by the same old one, one does', async () => {
  const name = await added(['strategist']);
  const [one, other] = [await as(name), await as(name)];
  const change = (own: { cookie: string }, password: string) =>
    api.send('PUT', '/session/password', { present: PASSWORD, password }, own);
  const answers = await Promise.all([change(one, NEXT), change(other, `${NEXT}-other`)]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('failures without end, under any name, are some records and then counted', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const before = Number((await records())[0]?.position ?? 0);
  const statuses = new Set<number>();
  for (let turn = 0; turn < 160; turn++) {
    const body = { name: `nobody ${turn}`, password: 'wrong-wrong-wrong' };
    statuses.add((await api.send('POST', '/session', body, from)).status);
  }
  expect([...statuses]).toEqual([401, 429]);
  const told = (await records()).filter(({ position }) => Number(position) > before);
  const of = (event: string) => told.filter((record) => record.event === event).length;
  expect([of('sign-in-failed'), of('sign-in-delayed')]).toEqual([100, 1]);
  expect(of('refused')).toBeLessThanOrEqual(2);
});

test('failures from one address keep nobody out who comes from another', async () => {
  const name = await added(['strategist']);
  const attempt = (password: string, address: string) =>
    api.send('POST', '/session', { name, password }, { 'x-forwarded-for': address });
  for (let turn = 0; turn < 60; turn++) await attempt('wrong-wrong-wrong', '203.0.113.20');
  expect((await attempt(PASSWORD, '203.0.113.20')).status).toBe(429);
  expect((await attempt(PASSWORD, '203.0.113.21')).status).toBe(201);
});

test('a character that the store has not is refused wherever it comes', async () => {
  const NUL = String.fromCharCode(0);
  const body = { name: `a${NUL}b`, password: 'wrong-wrong-wrong' };
  expect((await api.send('POST', '/session', body)).status).toBe(400);
  expect((await api.get('/audit?actor=a%00b', admin)).status).toBe(400);
});

test('who hangs up at once is in the audit with their address', async () => {
  const name = await added(['official']);
  const { cookie } = await as(name);
  const { hostname, port, host } = new URL(api.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /api/v1/users HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`, () =>
        socket.resetAndDestroy(),
      ),
    );
    socket.on('close', () => resolve());
  });
  for (let tries = 0; tries < 100; tries++) {
    const [record] = await records(`&actor=${encodeURIComponent(name)}&event=refused`);
    if (record) return expect(record.address).toBe('127.0.0.1');
    await sleep(20);
  }
  throw new Error('nothing in the audit');
});
