/** Signing in over real HTTP and the real PostgreSQL: who comes in, as whom, and what does not tell who there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem, Session } from '@beltline/contract';
import { type Answer, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  const belts = [{ id: 'a', zh: 'a', en: 'a', province: '浙江省' }];
  const lines = randomLines({ seed: 3, orders: 200, belts: ['a'], firstDay: '2022-01-01', days: 1000 });
  for (const [source, version] of [
    ['demo', 1],
    ['other', 2],
  ] as const)
    await seedVersion(api.loader, { source, version, belts, lines, dataThrough: '2024-12-31' });
  const sources = ['demo'];
  await api.addUser({ name: 'Stella', password: PASSWORD, roles: ['strategist'], sources });
  await api.addUser({ name: 'Otto', password: PASSWORD, roles: ['official'], sources });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
});
afterAll(() => api?.close());

const signIn = (name: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  api.send<Session & Problem>('POST', '/session', { name, password }, headers);
const cookieOf = ({ headers }: Answer<unknown>) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const as = async (name: string) => ({ cookie: cookieOf(await signIn(name)) });

test('a session is a cookie that scripts and other sites do not get, and tells what its user may do', async () => {
  const answer = await signIn('stella');
  expect([answer.status, answer.body.user.name, answer.body.roles]).toEqual([201, 'Stella', ['strategist']]);
  expect(answer.headers.get('set-cookie')).toMatch(
    /^beltline_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const again = await api.get<Session>('/session', { cookie: cookieOf(answer) });
  expect(again.body.permissions).toEqual(expect.arrayContaining(['read-figures', 'own-session']));
  expect((await api.get('/session')).status).toBe(401);
});

test('a new sign-in ends the session before, and signing out the last one', async () => {
  const first = cookieOf(await signIn('Stella'));
  const second = cookieOf(await signIn('Stella', PASSWORD, { cookie: first }));
  expect(second).not.toBe(first);
  expect((await api.get('/session', { cookie: first })).status).toBe(401);
  const out = await api.send('DELETE', '/session', undefined, { cookie: second });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringContaining('beltline_session=;'),
  ]);
  expect((await api.get('/session', { cookie: second })).status).toBe(401);
  expect((await api.send('DELETE', '/session')).status).toBe(204);
});

test.each([
  ['Stella', 200, 403, 200],
  ['Otto', 403, 403, 403],
  ['Ada', 403, 403, 403],
])('%s gets what the role may, and is told what is missing', async (name, figures, loads, sources) => {
  const headers = await as(name);
  const [ofFigures, ofLoads, ofSources] = [
    await api.get<Problem>('/belts?source=demo', headers),
    await api.get<Problem>('/loads?source=demo', headers),
    await api.get<{ sources: { source: string }[] }>('/sources', headers),
  ];
  expect([ofFigures.status, ofLoads.status, ofSources.status]).toEqual([figures, loads, sources]);
  expect(ofLoads.body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('read-loads') });
  if (sources === 200) expect(ofSources.body.sources.map(({ source }) => source)).toEqual(['demo']);
});

test('a source that was not given is one that there is not', async () => {
  const headers = await as('Stella');
  const { body } = await api.get<Problem>('/belts?source=other', headers);
  const { body: none } = await api.get<Problem>('/belts?source=none', headers);
  expect({ ...body, requestId: '' }).toEqual({ ...none, requestId: '' });
  expect(body.detail).not.toContain('other');
});

test('an answer that one user has is not told to be unchanged to another who may not have it', async () => {
  const path = '/growth?source=demo&from=2024-06&to=2024-06';
  const stella = await as('Stella');
  // There is a validator once what is stored was compared with what was committed, which begins with the first question.
  let etag: string | null = null;
  for (let tries = 0; etag === null && tries < 100; tries++) {
    const { status, body, headers } = await api.get(path, stella);
    if (status !== 200) throw new Error(JSON.stringify(body));
    etag = headers.get('etag');
    if (etag === null) await sleep(100);
  }
  if (etag === null) throw new Error(`no validator: ${JSON.stringify((await api.get('/health')).body)}`);
  const other = await api.get(path, { ...(await as('Otto')), 'if-none-match': etag });
  expect([other.status, other.headers.get('cache-control')]).toEqual([403, 'no-store']);
});

test('a wrong password and an unknown name are answered alike, and take as long', async () => {
  const timed = async (name: string) => {
    const started = performance.now();
    const { status, body } = await signIn(name, 'not-the-password');
    return { ms: performance.now() - started, told: [status, body.code, body.detail] };
  };
  const [known, unknown] = [await timed('Ada'), await timed('Nobody')];
  expect(unknown.told).toEqual(known.told);
  expect(known.told[0]).toBe(401);
  // Argon2 takes tens of milliseconds; without it an unknown name would be answered in a few.
  expect(unknown.ms).toBeGreaterThan(known.ms / 4);
});

test('after five failures it is to be waited, with the right password too, and for that name from there only', async () => {
  const failures = [];
  for (let tries = 0; tries < 6; tries++) failures.push((await signIn('Otto', 'wrong-wrong-wrong')).status);
  expect(failures).toEqual([401, 401, 401, 401, 401, 429]);
  const right = await signIn('otto');
  expect([right.status, right.body.code]).toEqual([429, 'too-many-attempts']);
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await signIn('Stella')).status).toBe(201);
});

test('another site cannot sign anybody in or out', async () => {
  const elsewhere = { origin: 'http://elsewhere.example' };
  expect((await signIn('Stella', PASSWORD, elsewhere)).status).toBe(403);
  expect((await api.send('DELETE', '/session', undefined, elsewhere)).status).toBe(403);
});

test.each([
  ['short-1-pass', 'Stella2', null],
  ['short', 'x1', 'at least 12'],
  ['qwerty123456', 'x2', 'tried first'],
  ['password20261', 'x3', 'tried first'],
  ['aaaaaaaaaaaaaaa', 'x4', 'different'],
  ['my-name-is-x55', 'x55', 'the name'],
])('the password %s', async (password, name, fault) => {
  const added = api.addUser({ name, password, roles: [] });
  if (fault === null) await expect(added).resolves.toMatch(/^[0-9a-f-]{36}$/);
  else await expect(added).rejects.toThrow(fault);
});

test('nothing that signs in is in the store as it is', () => {
  const folder = join(api.dataDir, 'postgres');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      try {
        return readFileSync(join(folder, name), 'latin1');
      } catch {
        return ''; // a folder
      }
    })
    .join('');
  expect(texts).toContain('$argon2id$');
  expect(texts).not.toContain(PASSWORD);
});
