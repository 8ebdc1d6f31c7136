/**
 * Every refused attempt is in the audit, over real HTTP: what a role may not, what is another's and answered as what is not there, by which
 * token, from another origin; and a flood of them fills nothing.
 */
import type { Annotation, AuditAnswer, AuditEntry, MadeToken, Role } from '@beltline/contract';
import { openPostgres } from '@beltline/sql/postgres';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { loadEvent } from '../fixtures/rollups/batches.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
let admin: { cookie: string };
let both: { cookie: string };
/** Of somebody who may see all: a note of another source, a token, a load. */
let theirs: { note: string; token: string };
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  const belts = [{ id: 'a', zh: 'a', en: 'a', province: '浙江省' }];
  const lines = randomLines({ seed: 3, orders: 200, belts: ['a'], firstDay: '2022-01-01', days: 1000 });
  for (const [source, version] of [
    ['demo', 1],
    ['other', 2],
  ] as const) {
    await seedVersion(api.loader, { source, version, belts, lines, dataThrough: '2024-09-26' });
    const values = [
      loadEvent(source, 10 + version, 1, 'landing'),
      loadEvent(source, 10 + version, 2, 'refused'),
    ];
    await api.loader.insert({ table: 'load_events', values, format: 'JSONEachRow' });
  }
  admin = await as(await added(['administrator']));
  both = await as(await added(['strategist', 'engineer'], ['*']));
  const note = { source: 'other', beltId: 'a', kind: 'other', day: '2024-01-01', text: 'x' };
  theirs = {
    note: (await api.send<Annotation>('POST', '/annotations', note, both)).body.id,
    token: (await made(both, 'read-loads')).token.id,
  };
});
let closed = false;
afterAll(async () => {
  if (!closed) await api?.close();
});

let users = 0;
async function added(roles: readonly Role[], sources: readonly string[] = ['demo']): Promise<string> {
  const name = `user ${++users}`;
  await api.addUser({ name, password: PASSWORD, roles, sources });
  return name;
}
const as = async (name: string) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
});
const made = async (headers: { cookie: string }, permission: string): Promise<MadeToken> =>
  (await api.send<MadeToken>('POST', '/tokens', { name: 'x', permissions: [permission], days: 1 }, headers))
    .body;
/** Records of refusals, the newest first, once there is one that `is`; the answer does not wait for them. */
async function refusals(query: string, is: (record: AuditEntry) => boolean): Promise<AuditEntry[]> {
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await api.get<AuditAnswer>(`/audit?event=refused&${query}`, admin);
    if (body.records.some(is)) return body.records;
    await sleep(50);
  }
  throw new Error(`no such refusal is in the audit: ${query}`);
}

const GROWTH = '/growth?from=2024-01&to=2024-02';
const UNKNOWN = '00000000-0000-4000-8000-000000000001';
test.each<[Role, string, () => string, number, () => string]>([
  ['strategist', 'GET', () => '/belts?source=other', 400, () => 'the source other is not theirs'],
  ['strategist', 'GET', () => '/belts?source=none', 400, () => 'there is no such source'],
  ['strategist', 'GET', () => `${GROWTH}&source=other`, 400, () => 'the source other is not theirs'],
  ['strategist', 'GET', () => `${GROWTH}&belt=my%20rival`, 400, () => 'there is no such belt'],
  ['strategist', 'GET', () => '/belts/zz?source=demo', 404, () => 'there is no such belt'],
  [
    'strategist',
    'GET',
    () => `/annotations/${theirs.note}`,
    404,
    () => `the note ${theirs.note} is not theirs`,
  ],
  [
    'strategist',
    'DELETE',
    () => `/annotations/${theirs.note}`,
    404,
    () => `the note ${theirs.note} is not theirs`,
  ],
  ['strategist', 'GET', () => `/annotations/${UNKNOWN}`, 404, () => 'there is no such note'],
  [
    'strategist',
    'DELETE',
    () => `/tokens/${theirs.token}`,
    404,
    () => `the token ${theirs.token} is not theirs`,
  ],
  ['official', 'DELETE', () => `/tokens/${UNKNOWN}`, 404, () => 'there is no such token'],
  ['engineer', 'GET', () => '/loads?source=other', 400, () => 'the source other is not theirs'],
  ['engineer', 'GET', () => '/loads/12', 404, () => 'the load 12 of the source other is not theirs'],
  ['engineer', 'GET', () => '/loads/999/rejects', 404, () => 'there is no such load'],
  ['administrator', 'POST', () => `/users/${UNKNOWN}/link`, 404, () => 'there is no such user'],
  ['administrator', 'GET', () => '/annotations', 403, () => ''],
])('a %s who asks %s of what is not theirs is in the audit (%#)', async (role, method, path, status, why) => {
  const name = await added([role]);
  const headers = { ...(await as(name)), 'if-match': '*' };
  const answer = await api.send<{ requestId: string }>(method, path(), undefined, headers);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).not.toMatch(/not theirs|refusal/);
  const [record] = await refusals(`actor=${encodeURIComponent(name)}`, () => true);
  const asked = `${method} /api/v1${path().split('?')[0]}`;
  expect(record).toMatchObject({
    ...{ actor: { name }, address: '127.0.0.1', requestId: answer.body.requestId },
    detail: why() === '' ? asked : `${asked}; ${why()}`,
  });
});

test('a refusal of a token names it, and holds nothing of its secret', async () => {
  const name = await added(['engineer']);
  const { secret, token } = await made(await as(name), 'read-loads');
  const authorization = `Bearer ${secret}`;
  expect((await api.get('/sources', { authorization })).status).toBe(403);
  const records = await refusals(`actor=${encodeURIComponent(name)}`, () => true);
  expect(records[0]?.detail).toBe(`GET /api/v1/sources; token ${token.id}`);
  expect(JSON.stringify(records)).not.toContain(secret.slice(5, 20));
});

test('a token that is none is told by the address alone, without what was tried', async () => {
  const guess = `belt_${'g'.repeat(43)}`;
  expect((await api.get('/sources', { authorization: `Bearer ${guess}` })).status).toBe(401);
  const records = await refusals('', ({ detail }) => detail?.includes('a token that is none') ?? false);
  const record = records.find(({ detail }) => detail?.includes('a token that is none'));
  expect(record).toMatchObject({ actor: null, address: '127.0.0.1' });
  expect(JSON.stringify(records)).not.toContain('gggg');
});

test('who is merely asked to sign in, and who gets what is theirs, is not in it', async () => {
  const name = await added(['strategist']);
  const own = await as(name);
  expect((await api.get('/belts')).status).toBe(401);
  expect((await api.get('/session')).status).toBe(401);
  expect((await api.get('/belts?source=demo', own)).status).toBe(200);
  expect((await api.get('/belts?colour=red', own)).status).toBe(400);
  await api.get('/belts?source=other', own);
  const records = await refusals(`actor=${encodeURIComponent(name)}`, () => true);
  expect(records).toHaveLength(1);
});

test('of a flood there are two records, which count all of it, also where the program ends before the minute', async () => {
  const name = await added(['official']);
  const own = await as(name);
  for (let tries = 0; tries < 60; tries++)
    expect((await api.get(tries % 3 === 0 ? '/belts' : GROWTH, own)).status).toBe(403);
  // Nobody is signed in, and the page is another's.
  const elsewhere = { origin: 'http://elsewhere.example' };
  for (let tries = 0; tries < 20; tries++)
    expect((await api.send('DELETE', '/session', undefined, elsewhere)).status).toBe(403);
  const [{ actor } = { actor: null }] = await refusals(`actor=${encodeURIComponent(name)}`, () => true);
  closed = true;
  let records: { actor: string | null; detail: string }[] = [];
  await api.close(async (dataDir) => {
    const store = await openPostgres({ dataDir });
    records = await store.dataSource.query(
      "SELECT actor, detail FROM audit WHERE event = 'refused' ORDER BY position",
    );
    await store.close();
  });
  expect(records.filter((record) => record.actor === actor?.id).map(({ detail }) => detail)).toEqual([
    'GET /api/v1/belts',
    '59 more within a minute: 40 × GET /api/v1/growth, 19 × GET /api/v1/belts',
  ]);
  const nobodys = records.filter((record) => record.actor === null).map(({ detail }) => detail);
  expect(nobodys.join('\n')).toMatch(/20 × DELETE \/api\/v1\/session; not from a page of the product/);
  expect(nobodys.length).toBeLessThanOrEqual(3);
});
